package io.swarmstream.local;

import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.testkit.ChainState;
import io.swarmstream.testkit.TestContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** The sites of one contract, each with a thread of its own. */
final class Sites implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private final List<SwarmSite> sites = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Enrols and joins sites with keys of the seeds 1 to count. */
  static Sites join(LocalSwarm swarm, String contract, int count) throws Exception {
    Sites joined = new Sites();
    List<String> names = new ArrayList<>();
    Privacy privacy = swarm.owner().registry().privacy(contract).orElseThrow();
    for (int seed = 1; seed <= count; seed++) {
      SiteKey key = SiteKey.ofSeed(seed);
      swarm.enrol(contract, key, "site-" + seed, privacy.allowedWeight(100));
      joined.sites.add(swarm.join(contract, key));
      names.add("site-" + seed);
    }
    awaitKnown(swarm, contract, names);
    return joined;
  }

  /**
   * Waits until the job knows that sites are enrolled which have not contributed yet: until then it
   * does not wait for them, and a round may be over without them.
   */
  static void awaitKnown(LocalSwarm swarm, String contract, List<String> names) throws Exception {
    try (ContractLog log = ContractLog.ofAllSites(swarm.kafka(), contract, DEADLINE)) {
      log.await(
          "a notice that misses " + names,
          DEADLINE,
          () -> log.rounds().notice().filter(open -> open.getMissing().containsAll(names)));
    }
  }

  /** Waits until all that is on the chain by now survives a kill of its node. */
  static void awaitKept(LocalSwarm swarm) {
    long newest = swarm.owner().newestBlock();
    await().until(() -> ChainState.newestBlock(swarm.chainFile()) >= newest);
  }

  SwarmSite site(int index) {
    return sites.get(index);
  }

  int count() {
    return sites.size();
  }

  /** All sites sync at the same time; returns what each got. */
  List<Merged> sync(IntFunction<float[]> weights) throws Exception {
    List<Future<Merged>> running = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      int index = i;
      running.add(start(() -> sites.get(index).sync(weights.apply(index), report(), DEADLINE)));
    }
    List<Merged> merged = new ArrayList<>();
    for (Future<Merged> future : running) {
      merged.add(future.get(DEADLINE.toSeconds() + 10, TimeUnit.SECONDS));
    }
    return merged;
  }

  <T> Future<T> start(Callable<T> action) {
    return threads.submit(action);
  }

  static float[] constant(int parameters, float value) {
    float[] weights = new float[parameters];
    Arrays.fill(weights, value);
    return weights;
  }

  static ContributionHeader header() {
    return TestContract.header(1);
  }

  /** What makes the same header. */
  static TrainingReport report() {
    ContributionHeader header = header();
    return TrainingReport.ofLoss(header.getLoss())
        .withWeight(header.getWeight())
        .withSamples(header.getSamples())
        .withMetric(header.getMetric())
        .withEpochs(header.getEpochsDone(), header.getEpochsTotal());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    sites.forEach(SwarmSite::close);
  }
}
