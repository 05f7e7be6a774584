package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DigitSplit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The complete result of a demo.
 *
 * @param testSamples number of digits that no site trains on
 * @param rounds all rounds, round 0 first
 * @param bytesSent bytes of delta records in all rounds, by site
 * @param network the chain that holds the contract and the anchors
 * @param elapsed time without building and stopping
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
   * The data of a site.
   *
   * @param samplesByDigit number of pictures of each digit
   * @param favoured digits that the site sees most of, ascending
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

  /** Mean bytes sent over sites and rounds. */
  public double bytesSentARound() {
    return bytesSent.values().stream().mapToLong(Long::longValue).average().orElse(0)
        / rounds.size();
  }

  public int trainingSamples() {
    return sites.stream().mapToInt(SiteData::samples).sum();
  }
}
