package io.swarmstream.tasks.page;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An answer that was noted. */
record AnswerNoted(
    @JsonPropertyDescription("What it is about, in words.") String about,
    @JsonPropertyDescription("Whether it may run.") boolean approved) {}
