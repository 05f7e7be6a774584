package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Which round weights were sent to. */
record RoundView(@JsonPropertyDescription("The round.") long round) {}
