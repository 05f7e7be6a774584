package io.swarmstream.site.node.http;

/** The node is running. */
record UpView(@Doc("up") String status) {}
