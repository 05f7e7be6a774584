package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DigitSplit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a demo found out.
 *
 * @param testSamples digits that no site trains on
 * @param rounds round 0 first
 * @param bytesSent by site: bytes of delta records, of all rounds
 * @param network the chain that holds contract and anchors
 * @param elapsed without the building and the stopping
 */
public record DemoResult(
    DemoOptions options,
    int testSamples,
    List<SiteData> sites,
    List<Round> rounds,
    Map<String, Long> bytesSent,
    Baselines baselines,
    String network,
    Duration elapsed) {

  /**
   * What a site has.
   *
   * @param samplesByDigit how many pictures of each digit
   * @param favoured digits that it sees most of, ascending
   */
  public record SiteData(
      String name, String address, List<Integer> samplesByDigit, Set<Integer> favoured) {
    public int samples() {
      return samplesByDigit.stream().mapToInt(Integer::intValue).sum();
    }
  }

  static DemoResult of(
      DemoOptions options,
      DigitSplit split,
      List<Hospital> hospitals,
      List<Round> rounds,
      Map<String, Long> bytesSent,
      Baselines baselines,
      String network,
      Duration elapsed) {
    List<SiteData> sites =
        hospitals.stream()
            .map(
                site ->
                    new SiteData(
                        site.name(),
                        site.key().address(),
                        Arrays.stream(site.samples().countByClass()).boxed().toList(),
                        site.favoured()))
            .toList();
    return new DemoResult(
        options,
        split.test().size(),
        sites,
        List.copyOf(rounds),
        bytesSent,
        baselines,
        network,
        elapsed);
  }

  public Round lastRound() {
    return rounds.get(rounds.size() - 1);
  }

  /** Test accuracy of the last merged model. */
  public double swarm() {
    return lastRound().test().accuracy();
  }

  public double pooled() {
    return baselines.pooled().accuracy();
  }

  /** Mean over sites and rounds. */
  public double bytesSentARound() {
    return bytesSent.values().stream().mapToLong(Long::longValue).average().orElse(0)
        / rounds.size();
  }

  public int trainingSamples() {
    return sites.stream().mapToInt(SiteData::samples).sum();
  }
}
