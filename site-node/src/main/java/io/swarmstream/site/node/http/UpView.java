package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The node is running. */
record UpView(@JsonPropertyDescription("up") String status) {}
