package io.swarmstream.cli.up;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.contracts.Draft;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.local.SwarmSupervisor;
import io.swarmstream.local.console.ConsoleFile;
import io.swarmstream.local.console.ConsolePort;
import io.swarmstream.local.console.LocalConsole;
import io.swarmstream.local.processes.OwnerFiles;
import io.swarmstream.schemas.files.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm up}. */
@Command(
    name = "up",
    description = {
      "Starts a swarm on this machine, a Kafka broker, an Ethereum node and Flink in one process, "
          + "and runs it until Ctrl-C, then deletes its data. Restarts a part that fails; if that does "
          + "not help, says so and exits with 1.",
      "",
      "Site nodes ('swarm site') find it by its folder. The training contract "
          + UpCommand.DEFAULT_CONTRACT
          + " is there as a draft: its first trainer brings the model's layout.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class UpCommand implements Callable<Integer> {
  /** The default contract of HPE Swarm Learning, which programs written for it use. */
  static final String DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe";

  private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

  /** Programs written for HPE give a nodeWeightage of 1 to 100. */
  private static final int HPE_MAX_WEIGHT = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder for the swarm.properties file that says how to reach the swarm. Default: .swarm/up "
              + "in the repository.")
  private @Nullable Path folder;

  @Option(
      names = "--grace-seconds",
      paramLabel = "S",
      description =
          "How long a round of "
              + DEFAULT_CONTRACT
              + " waits for other live sites once enough have contributed. Default: ${DEFAULT-VALUE}.")
  private int graceSeconds = 30;

  @Mixin private ConsoleChoice console = new ConsoleChoice();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    Path place = folder == null ? SwarmFolders.up() : folder.toAbsolutePath();
    Optional<ConsolePort> port = console.port();
    try (FolderLock held =
        FolderLock.of(
            place,
            "a swarm is running in " + place + " already; stop it, or name another --folder")) {
      run(place, port);
    }
    return 0;
  }

  private void run(Path place, Optional<ConsolePort> port) throws Exception {
    Phases phases = new Phases(spec.commandLine().getErr());
    try (LocalSwarm swarm =
        phases.run(
            "starting Kafka, an Ethereum node and Flink",
            () -> LocalSwarm.start(LocalSwarmOptions.staying()))) {
      try {
        describe(swarm, place);
        SwarmSupervisor watch =
            new SwarmSupervisor(swarm.parts(), spec.commandLine().getErr()::println);
        try (LocalConsole shown = console(swarm, watch, place, port)) {
          say(place, shown);
          while (true) {
            Thread.sleep(CHECK_EVERY.toMillis());
            watch.check();
          }
        }
      } catch (InterruptedException e) {
        spec.commandLine().getErr().println("stopping");
      } finally {
        Files.deleteIfExists(place.resolve(SwarmProperties.FILE));
        ConsoleFile.delete(place);
        OwnerFiles.delete(place);
        Draft.deleteAll(place);
      }
    }
  }

  private void describe(LocalSwarm swarm, Path place) throws IOException {
    ChainOptions chain = swarm.chain();
    OwnerFiles.write(place, swarm.ownerKey(), swarm.coordinator());
    Draft.deleteAll(place); // of a swarm that was killed
    new Draft(DEFAULT_CONTRACT, 1, Duration.ofSeconds(graceSeconds), null, null)
        .withMaxWeight(HPE_MAX_WEIGHT)
        .writeTo(place);
    // Written last, so that a reader who finds this file also finds the others.
    new SwarmProperties(
            swarm.kafka().bootstrapServers(),
            chain.rpcUrl(),
            chain.trainingContracts(),
            chain.roundAnchors())
        .writeTo(place);
  }

  /** Null: none was asked for. */
  private static @Nullable LocalConsole console(
      LocalSwarm swarm, SwarmSupervisor watch, Path place, Optional<ConsolePort> port)
      throws IOException {
    if (port.isEmpty()) {
      return null;
    }
    LocalConsole console = LocalConsole.start(swarm, watch, place, port.get());
    try {
      console.file().writeTo(place);
    } catch (IOException e) {
      console.close();
      throw e;
    }
    return console;
  }

  private void say(Path place, @Nullable LocalConsole shown) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("The swarm is up; " + place.resolve(SwarmProperties.FILE) + " says where.");
    out.println("Start a site node for each site:  ./swarm site --name hospital-a");
    if (shown != null) {
      out.println("See it in a browser, the link works once:  " + shown.link());
    }
    out.println("Ctrl-C stops the swarm and deletes its data.");
  }
}
