package io.swarmstream.lab.bench.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one system in one cell.
 *
 * @param missing why there are no figures; null when there are
 * @param rounds number of measured rounds
 * @param roundP50Millis median time from the start of a round to the start of the next
 * @param exchangeP50Millis median time from the last contribution handed over until the last site
 *     has the merged model
 * @param cpuSecondsPerRound CPU time of all processes
 * @param loopbackBytesPerSite bytes of a round over the loopback interface, including the server's
 *     own traffic, divided by the number of sites
 * @param peakTogetherBytes peak memory of all processes at one moment, without mapped files
 * @param peakBytes peak resident memory of the largest process of each name
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

  static Measured of(String system, Cell cell, RoundClock log, Footprint footprint) {
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
