package io.swarmstream.site.node.http;

/** Says that the node runs. */
record UpView(@Doc("up") String status) {}
