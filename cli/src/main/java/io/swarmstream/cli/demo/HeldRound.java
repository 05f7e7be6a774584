package io.swarmstream.cli.demo;

import io.swarmstream.site.Merged;

/**
 * A merged model that every site holds.
 *
 * @param millis from the first site's first mini-batch until the last site held it
 */
record HeldRound(Merged merged, long millis) {}
