package io.swarmstream.network.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a site brought to a round.
 *
 * @param norm length of its delta
 * @param cosine of its delta and the merged one
 * @param bytes of its payloads
 */
public record SiteContribution(
    long round,
    Instant closedAt,
    int weight,
    @Nullable Double loss,
    @Nullable Double metric,
    @Nullable Double norm,
    @Nullable Double cosine,
    @Nullable Long bytes) {}
