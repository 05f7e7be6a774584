package io.swarmstream.network.history;

import io.swarmstream.clients.network.ParticipantInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round as its record in Kafka tells it.
 *
 * @param partition where the record is
 * @param offset where the record is
 * @param mergedNorm length of the merged delta
 * @param bytes of all payloads that were merged
 */
public record LoggedDetail(
    long round,
    String method,
    Instant openedAt,
    Instant closedAt,
    Instant publishedAt,
    String closedBy,
    List<ParticipantInfo> participants,
    List<String> leftOut,
    @Nullable Double meanLoss,
    @Nullable Double meanMetric,
    String baseHash,
    String modelHash,
    String recordHash,
    long parameters,
    int chunks,
    int iterations,
    int partition,
    long offset,
    @Nullable Double mergedNorm,
    @Nullable Long bytes) {}
