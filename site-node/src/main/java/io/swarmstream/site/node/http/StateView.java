package io.swarmstream.site.node.http;

/** Says what became of a request. */
record StateView(@Doc("accepted, or what could not be done.") String state) {}
