package io.swarmstream.lab.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param p50Millis from the last delta sent to the last site that holds the verified model, half of
 *     the rounds took no longer
 * @param p99Millis likewise, 99 of 100
 * @param fullRoundP50Millis from one model to the next, training left out
 * @param bytesSentPerSite in one round, as the log holds them
 * @param bytesReceivedPerSite the model, in one round
 * @param rawKafka what plain clients need to move the same bytes through the same broker; null:
 *     that failed
 * @param rawKafkaFailure why it did
 * @param stages what a round is made of, by medians, milliseconds; signing and sending are before
 *     {@code p50Millis}' span
 * @param slowestStages the same of the one round whose span was longest
 * @param cpuSecondsPerRound by process
 * @param peakBytes most resident memory, by process
 * @param memory resident memory over time
 */
record RoundsResult(
    int sites,
    long parameters,
    String method,
    String encoding,
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
    MemoryHistory memory) {

  /** Of deltas and model together; null: not measured. */
  @JsonProperty
  @Nullable Double rawKafkaMillis() {
    return rawKafka == null ? null : rawKafka.millis();
  }

  /**
   * The raw limit divided by the time of a whole round: 1 is as fast as Kafka alone; 0 if there is
   * one round only, whose beginning is unknown; null if the raw limit was not measured.
   */
  @JsonProperty
  @Nullable Double shareOfRawLimit() {
    if (rawKafka == null) {
      return null;
    }
    return fullRoundP50Millis == 0 ? 0 : rawKafka.millis() / fullRoundP50Millis;
  }
}
