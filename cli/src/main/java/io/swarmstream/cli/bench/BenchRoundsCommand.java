package io.swarmstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.Magnitude;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.local.processes.Steps;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm bench rounds}: how long a round takes, and what it needs. */
@Command(
    name = "rounds",
    description = {
      "Runs rounds on a cluster of processes of its own, with sites that send what they received plus a seeded delta."
          + " Tells the time from the last delta sent to the last site that holds the verified model, where it goes,"
          + " and what each process needs of memory and CPU.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchRoundsCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(names = "--sites", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int sites = 8;

  @Option(
      names = "--parameters",
      paramLabel = "P",
      converter = Magnitude.class,
      description = "Parameters of the model, such as 10k, 11.7M or 1B. Default: 1M.")
  private Long parameters = 1_000_000L;

  @Mixin private MergeChoice merge = new MergeChoice();

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
      description = "Each site is a process of its own; else all are in one.")
  private boolean siteProcesses;

  @Option(
      names = "--site-heap",
      paramLabel = "MIB",
      description = "Heap of a process with sites, MiB. Default: ${DEFAULT-VALUE}.")
  private int siteHeap = 1024;

  @Option(
      names = "--flink-memory",
      paramLabel = "MIB",
      description = "Memory of the TaskManager, heap and direct, MiB. Default: ${DEFAULT-VALUE}.")
  private int flinkMemory = 1536;

  @Option(
      names = "--checkpoint-interval-ms",
      paramLabel = "MS",
      description = "Of the main job. Default: ${DEFAULT-VALUE}.")
  private long checkpointIntervalMs = 100;

  @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it
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
              MergeChoice.checked(merge.specification(), sites),
              rounds,
              warmUp == null ? Math.min(10, rounds) : warmUp,
              siteProcesses,
              siteHeap,
              flinkMemory,
              Duration.ofMillis(checkpointIntervalMs));
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
                    err.printf("\rround %d of %d ", round.round() + 1, options.allRounds());
                    err.flush();
                  }
                })
            .run();
    err.println();
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result));
    } else {
      print(out, result);
    }
    return 0;
  }

  private static void print(PrintWriter out, RoundsResult result) {
    out.printf(
        Locale.ROOT,
        "%s of %,d sites, %,d parameters, %d rounds%n%n",
        result.method(),
        result.sites(),
        result.parameters(),
        result.rounds());
    out.printf(
        Locale.ROOT,
        "last delta sent to last site with the verified model  p50 %,.0f ms, p99 %,.0f ms%n",
        result.p50Millis(),
        result.p99Millis());
    out.printf(
        Locale.ROOT,
        "one model to the next  p50 %,.0f ms, %.1f rounds a minute%n",
        result.fullRoundP50Millis(),
        result.roundsPerMinute());
    out.printf(
        Locale.ROOT,
        "a site sends %,.1f MiB and receives %,.1f MiB a round%n%n",
        result.bytesSentPerSite() / MIB,
        result.bytesReceivedPerSite() / MIB);
    result
        .stages()
        .forEach((stage, ms) -> out.printf(Locale.ROOT, "%-16s %,10.0f ms%n", stage, ms));
    out.printf("%n%-16s %12s %16s%n", "process", "peak MiB", "CPU s a round");
    result
        .peakBytes()
        .forEach(
            (name, bytes) ->
                out.printf(
                    Locale.ROOT,
                    "%-16s %,12.0f %16.3f%n",
                    name,
                    bytes / MIB,
                    result.cpuSecondsPerRound().getOrDefault(name, 0.0)));
    out.flush();
  }
}
