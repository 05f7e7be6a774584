package io.swarmstream.site.node.http;

/** Which round weights were sent to. */
record RoundView(@Doc("The round.") long round) {}
