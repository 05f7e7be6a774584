package io.swarmstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.EncodingChoice;
import io.swarmstream.cli.options.Magnitude;
import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.local.processes.Steps;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
          + " what each process needs of memory and CPU, and how long plain Kafka clients take to move the same bytes.",
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

  @Mixin private EncodingChoice encoding = new EncodingChoice();

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
      description =
          "Heap of a process with sites, MiB. Default: 512 for one site, 320 a site for several.")
  private @Nullable Integer siteHeap;

  @Option(
      names = "--flink-memory",
      paramLabel = "MIB",
      description = "Memory of the TaskManager, heap and direct, MiB. Default: ${DEFAULT-VALUE}.")
  private int flinkMemory = 2048;

  @Option(
      names = "--checkpoint-interval-ms",
      paramLabel = "MS",
      description = "Of the main job, beside those that rounds ask for. Default: ${DEFAULT-VALUE}.")
  private long checkpointIntervalMs = 5_000;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Draw the memory of each process over time, as SVG.")
  private @Nullable Path chart;

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
              encoding.encoding(),
              rounds,
              warmUp == null ? Math.min(10, rounds) : warmUp,
              siteProcesses,
              siteHeap == null ? RoundsOptions.siteHeapMiB(sites, siteProcesses) : siteHeap,
              flinkMemory,
              Duration.ofMillis(checkpointIntervalMs));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    requireFolderOf(chart);
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
    if (chart != null) {
      new MemoryChart(result).writeTo(chart);
    }
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result));
    } else {
      print(out, result);
    }
    return 0;
  }

  /** Before the benchmark rather than behind it. */
  private void requireFolderOf(@Nullable Path file) {
    if (file != null) {
      Path folder = file.toAbsolutePath().getParent();
      if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
        throw new ParameterException(
            spec.commandLine(), "--chart is " + file + "; name a file in a folder that exists");
      }
    }
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
        "Kafka alone moves the same bytes in %,.0f ms (deltas %,.0f, model %,.0f): %.2f of a round%n",
        result.rawKafkaMillis(),
        result.rawKafka().deltasMillis(),
        result.rawKafka().modelMillis(),
        result.shareOfRawLimit());
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
