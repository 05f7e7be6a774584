package io.swarmstream.cli.train;

import io.swarmstream.cli.options.EncodingChoice;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm train}: runs sites as processes on a running cluster. */
@Command(
    name = "train",
    description = {
      "Trains the demo's digits on the cluster of 'swarm cluster up', with each site as a process "
          + "of its own, and shows each round. Kill any process meanwhile: sites that end are "
          + "restarted, and a stopped training resumes when the command is called again with the same "
          + "options."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String LINE = "%5s  %8s  %8s  %-12s  %s%n";

  @Spec private CommandSpec spec;

  @Option(
      names = "--contract",
      paramLabel = "NAME",
      description =
          "The training contract, created if it does not exist. Default: ${DEFAULT-VALUE}.")
  private String contract = "digits";

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "Sites, 2 to 32. Default: ${DEFAULT-VALUE}.")
  private int sites = 3;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Train until this round. Default: ${DEFAULT-VALUE}.")
  private int rounds = DemoDefaults.ROUNDS;

  @Mixin private MergeChoice merge = new MergeChoice();

  @Mixin private EncodingChoice encoding = new EncodingChoice();

  @Option(
      names = "--min-peers",
      paramLabel = "M",
      description = "Fewest sites that a round merges. Default: more than half of the sites.")
  private @Nullable Integer minPeers;

  @Option(
      names = "--grace-seconds",
      paramLabel = "S",
      description =
          "How long a round with that many waits for the others. Default: ${DEFAULT-VALUE}.")
  private int graceSeconds = 10;

  @Option(
      names = "--sync-frequency",
      paramLabel = "B",
      description = "Mini-batches between two rounds. Default: ${DEFAULT-VALUE}.")
  private int syncFrequency = DemoDefaults.SYNC_FREQUENCY;

  @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = DemoDefaults.SEED;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The cluster's folder. Default: .swarm/cluster in the repository.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan = plan();
    Path swarm = (folder == null ? SwarmFolders.cluster() : folder).toAbsolutePath();
    TrainingRun run = run(plan, swarm);
    SwarmProperties properties = SwarmProperties.in(swarm);
    KafkaEndpoint kafka = properties.kafkaEndpoint();
    try (SiteWatch watch = SiteWatch.start(run);
        ContractLog log = ContractLog.ofAllSites(kafka, contract, PATIENCE)) {
      show(plan, terms(properties), kafka, log);
    }
    return 0;
  }

  private ContractTerms terms(SwarmProperties properties) {
    try (ChainClient chain = ChainClient.reading(properties.chainOptions())) {
      return chain.registry().terms(contract).orElseThrow();
    }
  }

  private TrainingRun run(TrainingPlan plan, Path swarm) throws IOException, InterruptedException {
    try {
      return TrainingRun.prepare(plan, swarm, Duration.ofSeconds(graceSeconds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void show(TrainingPlan plan, ContractTerms terms, KafkaEndpoint kafka, ContractLog log)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DigitSplit split = plan.split();
    out.printf(LINE, "round", "accuracy", "seconds", "model", "took part");
    try (Trainer examiner = new Trainer(split.test(), seed, seed, DemoDefaults.trainer())) {
      try (ModelLog models = ModelLog.open(kafka, terms, PATIENCE)) {
        long before = System.nanoTime();
        long shown = -1;
        while (shown < plan.rounds()) {
          log.awaitAtLeast(shown + 1, PATIENCE);
          var model = models.newestComplete(log, PATIENCE).orElseThrow();
          examiner.load(model.weights());
          long now = System.nanoTime();
          print(
              out,
              model.sealed(),
              examiner.evaluate(split.test()).accuracy(),
              (now - before) / 1e9);
          before = now;
          shown = model.sealed().round();
        }
      }
    }
  }

  private static void print(
      PrintWriter out, PublishedRound round, double accuracy, double seconds) {
    out.printf(
        Locale.ROOT,
        LINE,
        round.round(),
        String.format(Locale.ROOT, "%.1f %%", 100 * accuracy),
        String.format(Locale.ROOT, "%.1f", seconds),
        round.anchor().modelHash().substring(0, 12),
        round.record().getParticipants().stream()
            .map(Participant::getName)
            .collect(Collectors.joining(", ")));
    out.flush();
  }

  private TrainingPlan plan() {
    try {
      if (graceSeconds < 0) {
        throw new IllegalArgumentException(
            "--grace-seconds must be at least 0, got " + graceSeconds);
      }
      int peers = minPeers == null ? sites / 2 + 1 : minPeers;
      return new TrainingPlan(
          contract,
          merge.specification(),
          encoding.encoding(),
          sites,
          peers,
          rounds,
          syncFrequency,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
