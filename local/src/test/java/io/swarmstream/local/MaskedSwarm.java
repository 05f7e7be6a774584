package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.RecordSigners;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Sites of a masked contract, which remember what they have masked; site-0 is the first. */
final class MaskedSwarm {
  private static final String NAME = "site-";

  private MaskedSwarm() {}

  static SiteKey key(int site) {
    return SiteKey.ofSeed(site + 1);
  }

  static void enrol(LocalSwarm swarm, String contract, int count) throws Exception {
    for (int site = 0; site < count; site++) {
      swarm.enrol(contract, key(site), NAME + site, 1);
    }
  }

  static SwarmSite join(LocalSwarm swarm, String contract, Path folder, int site)
      throws InterruptedException {
    return SwarmSite.join(
        swarm.siteOptions(contract).withMemoryFolder(folder.resolve(NAME + site)), key(site));
  }

  /**
   * All sync at the same time, each after it has added its step to every weight.
   *
   * @param steps by the number of the site
   * @return what the first of them got
   */
  static Merged sync(
      ExecutorService threads, List<SwarmSite> sites, int parameters, IntFunction<Float> steps)
      throws Exception {
    List<Future<Merged>> running = new ArrayList<>();
    for (SwarmSite site : sites) {
      float step = steps.apply(Integer.parseInt(site.name().substring(NAME.length())));
      float[] weights =
          site.base().map(Merged::weights).orElseGet(() -> Sites.constant(parameters, 0)).clone();
      for (int i = 0; i < weights.length; i++) {
        weights[i] += step;
      }
      running.add(threads.submit(() -> site.sync(weights, Sites.report(), Sites.DEADLINE)));
    }
    List<Merged> merged = new ArrayList<>();
    for (Future<Merged> each : running) {
      merged.add(each.get(Sites.DEADLINE.toSeconds() * 3, TimeUnit.SECONDS));
    }
    assertThat(merged).extracting(Merged::round).containsOnly(merged.get(0).round());
    return merged.get(0);
  }

  /** Waits for the cohort of a round. */
  static Cohort cohort(LocalSwarm swarm, String contract, long round, Predicate<Cohort> which)
      throws Exception {
    ContractTerms terms = swarm.owner().registry().terms(contract).orElseThrow();
    try (ContractLog log =
        ContractLog.ofSite(
            swarm.kafka(),
            terms,
            RecordSigners.only(swarm.coordinator()),
            key(0).address(),
            Sites.DEADLINE)) {
      return log.await(
          "the cohort of round " + round,
          Sites.DEADLINE,
          () -> log.masks().cohort(round).map(Cohort::of).filter(which));
    }
  }
}
