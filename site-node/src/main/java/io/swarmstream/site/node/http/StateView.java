package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What became of a request. */
record StateView(@JsonPropertyDescription("accepted, or what could not be done.") String state) {}
