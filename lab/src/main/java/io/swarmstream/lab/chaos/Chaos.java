package io.swarmstream.lab.chaos;

import io.swarmstream.cli.train.SiteProcess;
import io.swarmstream.cli.train.SiteWatch;
import io.swarmstream.cli.train.TrainingPlan;
import io.swarmstream.cli.train.TrainingRun;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.lab.chaos.BaselineRun.Moment;
import io.swarmstream.local.processes.Part;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.DeltaEncoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains repeatedly on one cluster, and kills a process in each training. */
final class Chaos {
  /** Longest wait for a round: many times as long as a recovery may take. */
  private static final Duration ROUND_DEADLINE = Duration.ofMinutes(3);

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

  /**
   * The development chain saves its file every second; the last transaction must survive a kill.
   */
  private static final Duration CHAIN_IS_SAVED = Duration.ofMillis(1_500);

  /**
   * Number of runs on one cluster. Each run leaves its topics behind, and a killed broker reads all
   * its logs when it starts: after hundreds of runs that would take longer than everything else.
   */
  private static final int RUNS_ON_A_CLUSTER = 25;

  /** Prepares a cluster in the folder of this name; does not start it. */
  @FunctionalInterface
  interface Clusters {
    ProcessCluster make(String name) throws Exception;
  }

  private final Clusters clusters;
  private final ChaosOptions options;
  private final Map<String, BaselineRun> undisturbed = new HashMap<>();
  private ProcessCluster cluster;

  /** Restarts the process that was killed last; null when none was killed, or a site was. */
  private @Nullable Thread back;

  Chaos(Clusters clusters, ChaosOptions options) throws Exception {
    this.clusters = clusters;
    this.options = options;
    this.cluster = clusters.make("cluster-1");
  }

  /** Runs all trainings and reports each result. Leaves no process running. */
  List<RunResult> run(Steps steps, Consumer<RunResult> told) throws Exception {
    List<Fate> fates =
        IntStream.rangeClosed(1, options.runs())
            .mapToObj(run -> Fate.draw(run, options.seed()))
            .toList();
    try {
      start(steps);
      for (String method : fates.stream().map(Fate::merge).distinct().toList()) {
        undisturbed.put(
            method, steps.run("an undisturbed training with " + method, () -> undisturbed(method)));
      }
      List<RunResult> results = new ArrayList<>();
      for (Fate fate : fates) {
        if (fate.run() > 1 && fate.run() % RUNS_ON_A_CLUSTER == 1) {
          cluster.stopProcesses(Steps.silent());
          cluster = clusters.make("cluster-" + (fate.run() / RUNS_ON_A_CLUSTER + 1));
          start(steps);
        }
        RunResult result = disturbed(fate);
        results.add(result);
        told.accept(result);
      }
      return results;
    } finally {
      if (back != null) {
        back.interrupt();
        back.join();
      }
      cluster.stopProcesses(Steps.silent());
    }
  }

  private void start(Steps steps) throws Exception {
    steps.run(
        "starting a cluster",
        () -> {
          cluster.up(Steps.silent());
          return cluster;
        });
  }

  private TrainingPlan plan(String contract, String method) {
    int sites = options.sites();
    return new TrainingPlan(
        contract,
        method,
        DeltaEncoding.FLOAT32,
        sites,
        sites,
        options.rounds(),
        options.syncFrequency(),
        options.seed());
  }

  private BaselineRun undisturbed(String method) throws Exception {
    TrainingRun run =
        TrainingRun.prepare(plan("undisturbed-" + method, method), cluster.folder(), GRACE_PERIOD);
    try (ContractLog log = log(run);
        RoundArrivals times = new RoundArrivals(log);
        SiteWatch watch = SiteWatch.start(run)) {
      long began = System.nanoTime();
      List<Double> seconds = new ArrayList<>();
      for (long round = 0; round <= options.rounds(); round++) {
        seconds.add((times.await(round, ROUND_DEADLINE) - began) / 1e9);
      }
      awaitEnd(watch);
      Audit audit = Audit.of(run, cluster.properties());
      return new BaselineRun(audit.modelHash(), seconds);
    }
  }

  private RunResult disturbed(Fate fate) throws Exception {
    TrainingRun run =
        TrainingRun.prepare(
            plan("run-" + fate.run(), fate.merge()), cluster.folder(), GRACE_PERIOD);
    BaselineRun reference = Objects.requireNonNull(undisturbed.get(fate.merge()));
    if (fate.kind() == Kind.CHAIN) {
      Thread.sleep(CHAIN_IS_SAVED.toMillis());
    }
    try (ContractLog log = log(run);
        RoundArrivals times = new RoundArrivals(log);
        SiteWatch watch = SiteWatch.start(run)) {
      Moment moment = reference.at(fate.moment());
      long from = times.await(moment.afterRound(), ROUND_DEADLINE);
      // Not after the last round but one, in case this training is faster than the undisturbed one.
      times.awaitUntil(options.rounds() - 1, from + (long) (moment.seconds() * 1e9));
      long newest = times.newest();
      long killed = System.nanoTime();
      String victim = kill(fate, run);
      times.await(options.rounds(), ROUND_DEADLINE);
      awaitEnd(watch);
      OptionalLong next = times.firstAfter(killed);
      awaitWhole();
      Audit audit = Audit.of(run, cluster.properties());
      return new RunResult(
          fate,
          victim,
          newest,
          audit.rounds(),
          audit.lost(),
          audit.doubled(),
          audit.roundsWithTwoModels(),
          audit.sitesAgree() && audit.modelHash().equals(reference.modelHash()),
          audit.anchorsMatch(),
          next.isPresent() ? (next.getAsLong() - killed) / 1e9 : Double.NaN);
    }
  }

  private ContractLog log(TrainingRun run) throws InterruptedException {
    return ContractLog.ofAllSites(
        cluster.properties().kafkaEndpoint(), run.plan().contract(), ROUND_DEADLINE);
  }

  /** Kills a process and restarts it after a while; SiteWatch restarts sites. */
  private String kill(Fate fate, TrainingRun run) throws Exception {
    if (fate.kind() == Kind.SITE) {
      SiteProcess site = run.sites().get(fate.victim() % run.sites().size());
      site.kill();
      return site.name();
    }
    Part part = victim(fate);
    if (part == cluster.chainPart()) {
      cluster.keepChain();
    }
    cluster.kill(part);
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(fate.backAfter().toMillis());
                cluster.start(part);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the process is no longer needed
              } catch (Exception e) {
                throw new IllegalStateException(part.label() + " could not be started again", e);
              }
            },
            "back-" + part.label());
    back = thread;
    thread.start();
    return part.label();
  }

  private Part victim(Fate fate) throws Exception {
    return switch (fate.kind()) {
      case TASKMANAGER -> Part.taskManagers().get(fate.victim() % Part.taskManagers().size());
      case JOBMANAGER -> cluster.leader().orElseThrow();
      case BROKER -> Part.KAFKA;
      case CHAIN -> cluster.chainPart();
      case SITE -> throw new IllegalArgumentException("a site is no part of the cluster");
    };
  }

  private static void awaitEnd(SiteWatch watch) throws InterruptedException {
    long end = System.nanoTime() + ROUND_DEADLINE.toNanos();
    while (!watch.isDone()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "not all sites ended within " + ROUND_DEADLINE.toSeconds() + " s of the last round");
      }
      Thread.sleep(20);
    }
  }

  /** Restores the processes that ran at the beginning of this run, for the next one. */
  private void awaitWhole() throws Exception {
    long end = System.nanoTime() + ROUND_DEADLINE.toNanos();
    while (!cluster.status().isWhole()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the cluster is not whole again within " + ROUND_DEADLINE.toSeconds() + " s");
      }
      Thread.sleep(200);
    }
  }
}
