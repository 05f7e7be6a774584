package io.swarmstream.site.node;

import java.time.Instant;

/**
 * A trainer that could not begin.
 *
 * @param contract that it asked for
 * @param trainer in its own words
 * @param code of the problem, for programs
 * @param detail what is wrong, and the way out
 */
public record RefusedTraining(
    String contract, String trainer, String code, String detail, Instant at) {}
