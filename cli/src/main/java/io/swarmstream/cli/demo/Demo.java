package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Digits;
import io.swarmstream.examples.digits.Evaluation;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.examples.training.SiteTraining;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs the demo from the first sample to the last round; prints only phases. */
public final class Demo {
  static final String CONTRACT = "digits";

  /** Longest wait for live sites once a round has its minimum of peers. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

  /** Splits the small network into several chunks, so that all slots of the cluster merge. */
  private static final int CHUNK_VALUES = 1024;

  private final DemoOptions options;
  private final Phases phases;
  private final Consumer<Round> rounds;

  /**
   * Prepares a demo; starts nothing.
   *
   * @param rounds receives each round when it ends
   */
  public Demo(DemoOptions options, Phases phases, Consumer<Round> rounds) {
    this.options = options;
    this.phases = phases;
    this.rounds = rounds;
  }

  /**
   * Runs the whole demo, and stops everything it started.
   *
   * @throws Exception when a part does not start, or a round does not complete in time
   */
  public DemoResult run() throws Exception {
    long began = System.nanoTime();
    DigitSplit split =
        DigitSplit.of(Digits.load(), DemoDefaults.split(options.sites(), options.seed()));
    List<Hospital> hospitals = Hospital.of(split, options.seed());
    // Train while Kafka and Flink start, because they spend most of that time waiting for each
    // other.
    CompletableFuture<Baselines> baselines =
        CompletableFuture.supplyAsync(() -> Baselines.train(split, hospitals, options));
    Trained done;
    try (LocalSwarm swarm = phases.run("starting Kafka, an Ethereum node and Flink", this::start)) {
      done = train(swarm, split, hospitals);
      Baselines compared = await(baselines);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      return DemoResult.of(
          options,
          split,
          hospitals,
          done.rounds(),
          done.bytesSent(),
          compared,
          swarm.owner().network(),
          elapsed);
    } finally {
      baselines.cancel(true);
    }
  }

  private LocalSwarm start() throws Exception {
    return LocalSwarm.start(LocalSwarmOptions.defaults());
  }

  /** The result of the sites' training. */
  private record Trained(List<Round> rounds, Map<String, Long> bytesSent) {}

  private Trained train(LocalSwarm swarm, DigitSplit split, List<Hospital> hospitals)
      throws Exception {
    List<Round> done = new ArrayList<>();
    // Same shape as the sites' networks; gives the contract's layout and tests merged models.
    try (Trainer examiner =
        new Trainer(split.test(), options.seed(), options.seed(), DemoDefaults.trainer())) {
      ContractTerms terms =
          phases.run("writing the training contract", () -> createContract(swarm, examiner));
      try (Hospitals sites =
          phases.run(
              "joining " + hospitals.size() + " sites",
              () -> Hospitals.join(swarm, terms.contract(), hospitals, options))) {
        RoundBoard board = sites.train();
        for (long number = 0; number <= options.rounds(); number++) {
          HeldRound held = board.await(number, Hospitals.PATIENCE);
          examiner.load(held.merged().weights());
          Evaluation test = examiner.evaluate(split.test());
          Round round = Round.of(held, test, anchorTransaction(swarm, number));
          rounds.accept(round);
          done.add(round);
        }
        return new Trained(done, sites.bytesSent());
      }
    }
  }

  private ContractTerms createContract(LocalSwarm swarm, Trainer trainer)
      throws InterruptedException {
    ModelLayout layout = SiteTraining.layoutOf(trainer);
    return swarm.createContract(
        CONTRACT,
        layout,
        options.merge(),
        options.minPeers(),
        GRACE_PERIOD,
        CHUNK_VALUES,
        options.encoding());
  }

  private static String anchorTransaction(LocalSwarm swarm, long round) {
    return swarm
        .owner()
        .anchors()
        .transaction(CONTRACT, round)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "round " + round + " is anchored, yet no transaction did it"));
  }

  private Baselines await(CompletableFuture<Baselines> baselines) throws Exception {
    return baselines.isDone()
        ? baselines.get()
        : phases.run("training each site alone, and all data pooled", baselines::get);
  }
}
