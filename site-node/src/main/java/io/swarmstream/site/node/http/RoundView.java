package io.swarmstream.site.node.http;

/** Says which round weights went to. */
record RoundView(@Doc("The round.") long round) {}
