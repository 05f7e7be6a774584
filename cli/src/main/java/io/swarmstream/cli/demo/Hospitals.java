package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.examples.training.SiteTraining;
import io.swarmstream.examples.training.SiteTraining.SyncOptions;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The joined sites of the demo, each with its own thread. */
final class Hospitals implements AutoCloseable {
  /** Longest wait for one round, and for the sites to join. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Longest wait for an anchor. Models are used only once the chain has them, and an anchor follows
   * within a checkpoint.
   */
  private static final Duration ANCHOR_PATIENCE = Duration.ofSeconds(30);

  /** All sites have the same weight, as in the comparison with the baselines. */
  private static final int WEIGHT = 1;

  private final DemoOptions options;
  private final List<Hospital> hospitals;
  private final RoundBoard board;
  private final ExecutorService threads;
  private final List<SwarmSite> sites = new ArrayList<>();

  private Hospitals(DemoOptions options, List<Hospital> hospitals) {
    this.options = options;
    this.hospitals = hospitals;
    this.board = new RoundBoard(hospitals.size());
    this.threads = Executors.newFixedThreadPool(hospitals.size());
  }

  /** Enrols the sites and lets all of them join at the same time. */
  static Hospitals join(
      LocalSwarm swarm, String contract, List<Hospital> hospitals, DemoOptions options)
      throws Exception {
    for (Hospital hospital : hospitals) {
      swarm.enrol(contract, hospital.key(), hospital.name(), WEIGHT);
    }
    SiteOptions siteOptions = swarm.siteOptions(contract).withAnchors(ANCHOR_PATIENCE, true);
    Hospitals joined = new Hospitals(options, hospitals);
    try {
      List<Future<SwarmSite>> joining =
          hospitals.stream()
              .map(h -> joined.threads.submit(() -> SwarmSite.join(siteOptions, h.key())))
              .toList();
      for (Future<SwarmSite> site : joining) {
        joined.sites.add(site.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      return joined;
    } catch (Exception e) {
      joined.close();
      throw e;
    }
  }

  /** Starts training at all sites, until they hold the last round's model; returns at once. */
  RoundBoard train() {
    for (int i = 0; i < sites.size(); i++) {
      Hospital hospital = hospitals.get(i);
      SwarmSite site = sites.get(i);
      threads.execute(
          () -> {
            try {
              train(hospital, site);
            } catch (Exception e) {
              board.fail(e);
            }
          });
    }
    return board;
  }

  private void train(Hospital hospital, SwarmSite site) throws InterruptedException {
    SyncOptions sync = new SyncOptions(options.syncFrequency(), WEIGHT, epochs(hospital), PATIENCE);
    try (Trainer trainer =
        new Trainer(
            hospital.samples(), options.seed(), hospital.batchSeed(), DemoDefaults.trainer())) {
      SiteTraining training = new SiteTraining(site, trainer, sync);
      long began = System.nanoTime();
      Merged merged = training.begin();
      board.hold(hospital.name(), merged, began);
      while (merged.round() < options.rounds()) {
        began = System.nanoTime();
        merged = training.next();
        board.hold(hospital.name(), merged, began);
      }
      // Leave before closing: a slower site's round must not wait for this one.
      site.leave();
    }
  }

  /**
   * Bytes of deltas that each site has sent, by name in the order of the sites, once all sites hold
   * the last round.
   */
  Map<String, Long> bytesSent() {
    Map<String, Long> sent = new LinkedHashMap<>();
    sites.forEach(site -> sent.put(site.name(), site.bytesSent()));
    return sent;
  }

  private double epochs(Hospital hospital) {
    double samples = (double) options.batches() * DemoDefaults.trainer().batchSize();
    return samples / hospital.samples().size();
  }

  @Override
  public void close() throws InterruptedException {
    threads.shutdownNow();
    var unused = threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    sites.forEach(SwarmSite::close);
  }
}
