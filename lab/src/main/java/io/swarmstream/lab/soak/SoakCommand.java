package io.swarmstream.lab.soak;

import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.files.FolderTree;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm soak}: checks whether anything grows with the number of rounds. */
@Command(
    name = "soak",
    description = {
      "Starts a cluster of processes of its own and runs many rounds of a small contract on it: 3 "
          + "sites, 10,000 parameters, geomedian. Shows the size of state, heap and topics meanwhile. "
          + "Deltas are kept for a minute.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SoakCommand implements Callable<Integer> {
  private static final String LINE = "%6s %8s %12s %8s %12s %10s %10s %10s %14s%n";
  private static final double MIB = 1 << 20;

  /**
   * Small segments, because Kafka deletes whole segments and old deltas have to go within the run.
   */
  private static final Map<String, String> BROKER =
      Map.of(
          "log.segment.bytes",
          Integer.toString(1 << 20),
          "log.retention.check.interval.ms",
          "5000");

  @Spec private CommandSpec spec;

  @Option(names = "--rounds", paramLabel = "R", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = 1_000;

  @Option(
      names = "--sample-every",
      paramLabel = "R",
      description = "Rounds between two lines. Default: ${DEFAULT-VALUE}.")
  private int sampleEvery = 100;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || sampleEvery < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--rounds and --sample-every must be at least 1, got " + rounds + " and " + sampleEvery);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path folder = SwarmFolders.temporary("soak-");
    ProcessCluster cluster =
        ProcessCluster.at(Repository.cluster(folder).withAnyPorts().withBrokerSettings(BROKER));
    List<Sample> samples = new ArrayList<>();
    try {
      new Phases(err)
          .run(
              "starting the cluster",
              () -> {
                cluster.up(Steps.silent());
                return cluster;
              });
      PrintWriter progress = json.isJson() ? err : out;
      progress.printf(
          LINE,
          "round",
          "seconds",
          "state kB",
          "heap MB",
          "on disk MB",
          "deltas MB",
          "models MB",
          "rounds MB",
          "transactions MB");
      new Soak(cluster, rounds, sampleEvery)
          .run(
              sample -> {
                samples.add(sample);
                line(progress, sample);
              });
    } finally {
      cluster.stopProcesses(Steps.silent());
    }
    if (json.isJson()) {
      out.println(JsonChoice.text(Map.of("samples", samples)));
    }
    FolderTree.delete(folder);
    return 0;
  }

  private static void line(PrintWriter to, Sample sample) {
    to.printf(
        Locale.ROOT,
        LINE,
        sample.round(),
        String.format(Locale.ROOT, "%.0f", sample.seconds()),
        String.format(Locale.ROOT, "%.1f", sample.checkpointBytes() / 1024.0),
        mib(sample.heapBytes()),
        mib(sample.checkpointFolderBytes()),
        mib(sample.deltaBytes()),
        mib(sample.modelBytes()),
        mib(sample.roundBytes()),
        mib(sample.transactionBytes()));
    to.flush();
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MIB);
  }
}
