package io.swarmstream.lab.chaos;

import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.local.processes.ClusterOptions;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Secured;
import io.swarmstream.schemas.files.FolderTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm chaos}: measures what a crash costs. */
@Command(
    name = "chaos",
    description = {
      "Starts a cluster of processes of its own, runs several trainings on it, and in each kills "
          + "one process (kill -9) at a random moment between round 0 and the last but one: a "
          + "TaskManager, the leading JobManager, a site, the Kafka broker or the Ethereum node. "
          + "Restarts it after a while. Then checks the log, the chain and the sites: each round "
          + "contains the contribution of each site once; each round has one model; and the last model "
          + "is bit for bit that of an undisturbed training.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was lost, doubled or changed",
      "1:something was, or failed; the message says what",
      "2:wrong option"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ChaosCommand implements Callable<Integer> {
  private static final String LINE = "%4s  %-11s  %-13s  %12s  %7s  %8s  %s%n";

  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Trainings, each with one kill. Default: ${DEFAULT-VALUE}.")
  private int runs = 10;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the kills and of the training. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "Sites of each training, 2 to 32. Default: ${DEFAULT-VALUE}.")
  private int sites = 3;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description =
          "Rounds of each training, at least 2, after round 0. Default: ${DEFAULT-VALUE}.")
  private int rounds = 6;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder for the cluster; must not exist. Default: a folder in .swarm that is deleted after "
              + "a success.")
  private @Nullable Path folder;

  @Option(
      names = "--secured",
      description =
          "Run a secured cluster, as 'swarm cluster up --secured' does: with TLS on every connection, "
              + "and a network node in place of the development chain.")
  private boolean secured;

  @Mixin private JsonChoice json = new JsonChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    ChaosOptions options = options();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path place = place();
    PrintWriter progress = json.isJson() ? err : out;
    Chaos chaos = new Chaos(name -> ProcessCluster.at(cluster(place.resolve(name))), options);
    ChaosSummary summary =
        new ChaosSummary(
            options, chaos.run(new Phases(err)::run, result -> line(progress, result)));
    if (json.isJson()) {
      out.println(summary.json());
    } else {
      out.println();
      summary.print(out);
    }
    if (summary.isClean() && folder == null) {
      FolderTree.delete(place);
    } else {
      err.println("all logs and data are in " + place);
    }
    return summary.isClean() ? 0 : 1;
  }

  private ClusterOptions cluster(Path place) throws IOException {
    ClusterOptions cluster = Repository.cluster(place).withAnyPorts();
    return secured
        ? cluster.withSecured(new Secured(Secured.ANY_ORGANISATION, Secured.ANY_HOST))
        : cluster;
  }

  private static void line(PrintWriter to, RunResult result) {
    if (result.fate().run() == 1) {
      to.println();
      to.printf(LINE, "run", "method", "killed", "after round", "rounds", "next s", "verdict");
    }
    to.printf(
        Locale.ROOT,
        LINE,
        result.fate().run(),
        result.fate().merge(),
        result.victim(),
        result.afterRound() < 0 ? "–" : result.afterRound(),
        result.rounds(),
        String.format(Locale.ROOT, "%.1f", result.recoverySeconds()),
        result.isClean() ? "same bits" : result);
    to.flush();
  }

  private ChaosOptions options() {
    try {
      return new ChaosOptions(runs, seed, sites, rounds, 4);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Path place() throws IOException {
    if (folder == null) {
      return SwarmFolders.temporary("chaos-");
    }
    if (Files.exists(folder)) {
      throw new ParameterException(
          spec.commandLine(), "--folder must not exist yet, got " + folder);
    }
    return Files.createDirectories(folder.toAbsolutePath());
  }
}
