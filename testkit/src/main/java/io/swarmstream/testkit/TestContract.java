package io.swarmstream.testkit;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A training contract that exists only in memory, with its enrolled sites in order of address.
 *
 * @param terms its terms
 * @param sites its enrolled sites
 * @param maxWeight greatest weight that the sites may ask for
 */
public record TestContract(ContractTerms terms, List<TestSite> sites, int maxWeight) {
  /** Greatest weight that the sites may ask for, unless a test sets another. */
  public static final int MAX_WEIGHT = 100;

  private static final String COORDINATOR = "0x00000000000000000000000000000000000000cc";

  private static final String NETWORK =
      "eip155:31337:" + "0".repeat(63) + "1:0x00000000000000000000000000000000000000aa";

  public TestContract(ContractTerms terms, List<TestSite> sites) {
    this(terms, sites, MAX_WEIGHT);
  }

  /** A contract of 10 parameters in 3 chunks of at most 4. */
  public static TestContract of(
      String name, String method, int siteCount, int minPeers, long gracePeriodMs) {
    return of(name, method, siteCount, minPeers, gracePeriodMs, 10, 4);
  }

  public static TestContract of(
      String name,
      String method,
      int siteCount,
      int minPeers,
      long gracePeriodMs,
      long parameters,
      int chunkValues) {
    ContractTerms terms =
        new ContractTerms(
            name,
            NETWORK,
            method,
            minPeers,
            gracePeriodMs,
            parameters,
            chunkValues,
            DeltaEncoding.FLOAT32,
            ModelLayout.flat(parameters).hash().hex());
    List<TestSite> sites =
        IntStream.rangeClosed(1, siteCount)
            .mapToObj(TestSite::seeded)
            .sorted(Comparator.comparing(TestSite::address))
            .toList();
    return new TestContract(terms, sites);
  }

  /** The same contract, at the same addresses, on another development chain. */
  public TestContract onAnotherChain() {
    return new TestContract(onNetwork(terms, terms.network().replace("1:0x", "2:0x")), sites);
  }

  /** The same terms, but for the network. */
  public static ContractTerms onNetwork(ContractTerms terms, String network) {
    return new ContractTerms(
            terms.contract(),
            network,
            terms.method(),
            terms.minPeers(),
            terms.gracePeriodMs(),
            terms.parameterCount(),
            terms.chunkValues(),
            terms.deltaEncoding(),
            terms.adaptiveInterval(),
            terms.layoutHash(),
            terms.limits(),
            terms.payloadHash())
        .withOptimizer(terms.optimizer())
        .withPrivacy(terms.privacy());
  }

  /** The same contract, with sites that encode their deltas. */
  public TestContract encoded(DeltaEncoding encoding) {
    ContractTerms other =
        new ContractTerms(
                terms.contract(),
                terms.network(),
                terms.method(),
                terms.minPeers(),
                terms.gracePeriodMs(),
                terms.parameterCount(),
                terms.chunkValues(),
                encoding,
                terms.adaptiveInterval(),
                terms.layoutHash(),
                terms.limits(),
                terms.payloadHash())
            .withOptimizer(terms.optimizer())
            .withPrivacy(terms.privacy());
    return new TestContract(other, sites, maxWeight);
  }

  /** The same contract, with payloads that are hashed by another function. */
  public TestContract hashed(PayloadHash hash) {
    return new TestContract(terms.withPayloadHash(hash), sites, maxWeight);
  }

  /** The same contract, with a server optimizer. */
  public TestContract optimized(String optimizer) {
    return new TestContract(terms.withOptimizer(Optimizer.of(optimizer)), sites, maxWeight);
  }

  /** The same contract, whose sites keep more to themselves. */
  public TestContract withPrivacy(String privacy) {
    return new TestContract(terms.withPrivacy(Privacy.of(privacy)), sites, maxWeight);
  }

  /** The same contract, with limits in the notation of the terms. */
  public TestContract limited(String limits) {
    return new TestContract(terms.withLimits(new Limits(limits)), sites, maxWeight);
  }

  /** The same contract, with rounds that decide how long sites train between them. */
  public TestContract adaptive(int interval) {
    return new TestContract(terms.withAdaptiveInterval(interval), sites, maxWeight);
  }

  /** The same contract, whose sites are enrolled with this weight. */
  public TestContract enrolledUpTo(int weight) {
    return new TestContract(terms, sites, weight);
  }

  public String name() {
    return terms.contract();
  }

  public TestSite site(int index) {
    return sites.get(index);
  }

  /**
   * The chain events that establish the contract: its creation in block 1, then the enrolment of
   * each site.
   */
  public List<ContractEvent> events() {
    List<ContractEvent> events = new ArrayList<>();
    events.add(ContractEvent.created(1, 0, terms, COORDINATOR));
    for (TestSite site : sites) {
      events.add(
          ContractEvent.enrolled(2, events.size(), name(), site.address(), site.name(), maxWeight));
    }
    return events;
  }

  /** A site's honest contribution of weight 1. */
  public Contribution contribution(int site, long round, Hash base, float... delta) {
    return contribution(site, round, base, header(1), delta);
  }

  public Contribution contribution(
      int site, long round, Hash base, ContributionHeader header, float... delta) {
    return Contribution.sign(site(site).key(), terms, round, base, delta, header);
  }

  public static ContributionHeader header(int weight) {
    return new ContributionHeader(weight, 64L, 0.5, Double.NaN, 1.0, 10.0, CheckIn.TRAINING.code());
  }

  /** A delta of the contract's length with all values equal. */
  public float[] constant(float value) {
    float[] delta = new float[Math.toIntExact(terms.parameterCount())];
    Arrays.fill(delta, value);
    return delta;
  }
}
