package io.swarmstream.lab.bench.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One system in one cell.
 *
 * @param missing why there are no figures; null when there are
 * @param rounds that count
 * @param roundP50Millis from the beginning of a round to that of the next, half of them took no
 *     longer
 * @param exchangeP50Millis from the last contribution handed over to the last site that has the
 *     merged model
 * @param cpuSecondsPerRound of all processes
 * @param loopbackBytesPerSite of a round, over the loopback interface, the server's own traffic
 *     included, by sites
 * @param peakTogetherBytes most memory of all processes at one moment, mapped files left out
 * @param peakBytes most resident memory of the largest process of each name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measured(
    String system,
    int sites,
    long parameters,
    @Nullable String missing,
    int rounds,
    double roundP50Millis,
    double exchangeP50Millis,
    double roundsPerMinute,
    double cpuSecondsPerRound,
    long loopbackBytesPerSite,
    long peakTogetherBytes,
    Map<String, Long> peakBytes) {

  static Measured missing(String system, Cell cell, String why) {
    return new Measured(
        system, cell.sites(), cell.parameters(), why, 0, 0, 0, 0, 0, 0, 0, Map.of());
  }

  static Measured of(String system, Cell cell, RoundLog log, Footprint footprint) {
    int rounds = log.rounds();
    return new Measured(
        system,
        cell.sites(),
        cell.parameters(),
        null,
        rounds,
        log.roundP50Millis(),
        log.exchangeP50Millis(),
        log.roundsPerMinute(),
        footprint.cpuSeconds() / rounds,
        footprint.loopbackBytes() / rounds / cell.sites(),
        footprint.peakTogetherBytes(),
        footprint.peakBytes());
  }

  boolean isMeasured() {
    return missing == null;
  }

  Cell cell() {
    return new Cell(sites, parameters);
  }
}
