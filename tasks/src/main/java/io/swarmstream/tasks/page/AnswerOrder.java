package io.swarmstream.tasks.page;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.web.Mandatory;
import org.jspecify.annotations.Nullable;

/** What the owner answers. */
record AnswerOrder(
    @JsonPropertyDescription("What it is about: run, task or author.") @Mandatory
        @Nullable String kind,
    @JsonPropertyDescription("Number of the run that waits, or name of the task or author.")
        @Mandatory
        @Nullable String name,
    @JsonPropertyDescription("Whether it may run.") @Mandatory @Nullable Boolean approved) {}
