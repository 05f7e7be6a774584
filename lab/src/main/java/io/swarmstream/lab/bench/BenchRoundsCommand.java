package io.swarmstream.lab.bench;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.EncodingChoice;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.Magnitude;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.cli.options.OutputFile;
import io.swarmstream.cli.options.PrivacyChoice;
import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.local.processes.Steps;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm bench rounds}: measures how long a round takes and which resources it uses. */
@Command(
    name = "rounds",
    description = {
      "Runs rounds on a cluster of processes of its own, with sites that send what they received "
          + "plus a seeded delta. Reports the time from the last sent delta to the last site that holds "
          + "the verified model, its stages, each process's memory and CPU, and the time that plain "
          + "Kafka clients take to move the same bytes.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchRoundsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--sites", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int sites = 8;

  @Option(
      names = {"--parameters", "--params"},
      paramLabel = "P",
      converter = Magnitude.class,
      description = "Parameters of the model, such as 10k, 11.7M or 1B. Default: 1M.")
  private Long parameters = 1_000_000L;

  @Mixin private MergeChoice merge = new MergeChoice();

  @Mixin private EncodingChoice encoding = new EncodingChoice();

  @Mixin private PrivacyChoice privacy = new PrivacyChoice();

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
  private int rounds = 20;

  @Option(
      names = "--warm-up",
      paramLabel = "R",
      description = "Rounds before them. Default: as many as count, at most 10.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--site-processes",
      description = "Run each site in a process of its own; by default, all sites share one.")
  private boolean siteProcesses;

  @Option(
      names = "--site-heap",
      paramLabel = "MIB",
      description =
          "Heap of a process with sites, MiB. Default: 512 for one site, 320 a site for several.")
  private @Nullable Integer siteHeap;

  @Option(
      names = "--flink-memory",
      paramLabel = "MIB",
      description = "Memory of the TaskManager, heap and direct, MiB. Default: ${DEFAULT-VALUE}.")
  private int flinkMemory = RoundsOptions.DEFAULT_FLINK_MEMORY_MIB;

  @Option(
      names = "--checkpoint-interval-ms",
      paramLabel = "MS",
      description =
          "Interval between checkpoints of the main job that no round asks for. Default: "
              + "${DEFAULT-VALUE}.")
  private long checkpointIntervalMs = SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL.toMillis();

  @Option(
      names = "--kill",
      paramLabel = "N",
      description =
          "Kill that many sites as they begin to send, in one more round after the others; needs "
              + "--site-processes. Default: ${DEFAULT-VALUE}.")
  private int killed = 0;

  @Option(
      names = "--grace-period-ms",
      paramLabel = "MS",
      description =
          "How long a round waits for the others once it has enough sites, which are all that are "
              + "not killed. Default: half an hour.")
  private long gracePeriodMs = RoundsOptions.DEFAULT_GRACE_PERIOD.toMillis();

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Draw the memory of each process over time, as SVG.")
  private @Nullable Path chart;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RoundsOptions options;
    try {
      options =
          new RoundsOptions(
              sites,
              parameters,
              MergeChoice.checked(
                  merge.specification(),
                  privacy.privacy().rows(sites - killed),
                  encoding.encoding()),
              encoding.encoding(),
              privacy.privacy(),
              rounds,
              warmUp == null ? Math.min(10, rounds) : warmUp,
              siteProcesses,
              siteHeap == null ? RoundsOptions.siteHeapMiB(sites, siteProcesses) : siteHeap,
              flinkMemory,
              Duration.ofMillis(checkpointIntervalMs),
              killed,
              Duration.ofMillis(gracePeriodMs));
      if (chart != null) {
        chart = OutputFile.checked("--chart", chart);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    AtomicLong newest = new AtomicLong(-1);
    Phases phases = new Phases(err);
    Steps steps = phases::run;
    RoundsResult result =
        new RoundsBenchmark(
                options,
                steps,
                round -> {
                  if (newest.getAndAccumulate(round.round(), Math::max) < round.round()) {
                    err.printf("\rround %d of %d ", round.round() + 1, options.roundsOfASite());
                    err.flush();
                  }
                })
            .run();
    err.println();
    if (chart != null) {
      new MemoryChart(result).writeTo(chart);
    }
    if (json.isJson()) {
      out.println(JsonChoice.text(result));
    } else {
      RoundsTable.print(result, out);
    }
    return result.rawKafka() == null ? 1 : 0;
  }
}
