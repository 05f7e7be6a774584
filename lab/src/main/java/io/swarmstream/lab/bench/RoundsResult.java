package io.swarmstream.lab.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark of rounds.
 *
 * @param privacy as the terms have it; empty: none
 * @param p50Millis median time from the last delta sent until the last site holds the verified
 *     model
 * @param p99Millis 99th percentile of the same time
 * @param fullRoundP50Millis median time from one model to the next, without training
 * @param bytesSentPerSite bytes that a site sends in one round, as stored in the log
 * @param bytesReceivedPerSite size of the model that a site receives in one round
 * @param rawKafka time that plain clients need to move the same bytes through the same broker; null
 *     when that measurement failed
 * @param rawKafkaFailure why it failed
 * @param stages median duration of each stage of a round in milliseconds; signing and sending come
 *     before the span of {@code p50Millis}
 * @param slowestStages the same stages of the round whose span was longest
 * @param cpuSecondsPerRound CPU time by process
 * @param peakBytes peak resident memory by process
 * @param memory resident memory over time
 * @param killed the round in which sites were killed; null: there was none
 */
record RoundsResult(
    int sites,
    long parameters,
    String method,
    String encoding,
    String privacy,
    int rounds,
    double p50Millis,
    double p99Millis,
    double fullRoundP50Millis,
    double roundsPerMinute,
    long bytesSentPerSite,
    long bytesReceivedPerSite,
    @Nullable RawRound rawKafka,
    @Nullable String rawKafkaFailure,
    Map<String, Double> stages,
    Map<String, Double> slowestStages,
    Map<String, Double> cpuSecondsPerRound,
    Map<String, Long> peakBytes,
    MemoryHistory memory,
    @Nullable KilledRound killed) {

  /** Time for the deltas and the model together; null when not measured. */
  @JsonProperty
  @Nullable Double rawKafkaMillis() {
    return rawKafka == null ? null : rawKafka.millis();
  }

  /**
   * The raw limit divided by the time of a full round: 1 means as fast as Kafka alone. 0 when there
   * is only one round, whose start is unknown; null when the raw limit was not measured.
   */
  @JsonProperty
  @Nullable Double shareOfRawLimit() {
    if (rawKafka == null) {
      return null;
    }
    return fullRoundP50Millis == 0 ? 0 : rawKafka.millis() / fullRoundP50Millis;
  }
}
