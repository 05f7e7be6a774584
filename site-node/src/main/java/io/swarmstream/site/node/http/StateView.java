package io.swarmstream.site.node.http;

/** What became of a request. */
record StateView(@Doc("accepted, or what could not be done.") String state) {}
