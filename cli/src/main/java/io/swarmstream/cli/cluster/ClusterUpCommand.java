package io.swarmstream.cli.cluster;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.local.processes.ClusterOptions;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Secured;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm cluster up}: starts whatever is not running. */
@Command(
    name = "up",
    description = {
      "Starts all processes that do not run, of a new cluster or of an existing one. The main job "
          + "resumes from its savepoint or newest checkpoint."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterUpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--parallelism",
      paramLabel = "P",
      description =
          "Parallelism of the main job when it is started, 1 to 4. Default: ${DEFAULT-VALUE}.")
  private int parallelism = 2;

  @Option(
      names = "--checkpoint-interval-ms",
      paramLabel = "MS",
      description =
          "Interval between checkpoints that no round asks for: how much of the log is read again "
              + "after a crash. Default: ${DEFAULT-VALUE}.")
  private long checkpointIntervalMs = 5_000;

  @Option(
      names = "--any-ports",
      description = "Listen on any free ports, even if the usual ones are free.")
  private boolean anyPorts;

  @Option(
      names = "--secured",
      description = {
        "Make a new cluster as in production: every connection is TLS with a certificate on both "
            + "ends, the chain is that of a network node, which other organisations can join, and "
            + "Kafka lets members do what their roles allow. The folder remembers it."
      })
  private boolean secured;

  @Option(
      names = "--organisation",
      paramLabel = "NAME",
      description =
          "Who runs the secured cluster and is the swarm's first member. Default: "
              + Secured.ANY_ORGANISATION
              + ".")
  private @Nullable String organisation;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address of this machine at which Kafka and the network node of a secured cluster listen. "
              + "Default: loopback only.")
  private @Nullable String host;

  @Option(
      names = "--admit-certificates",
      paramLabel = "ROLES",
      description =
          "With --secured: the network node admits whoever shows a certificate of a registered authority,"
              + " with these roles, such as site,agent; see 'swarm network start'. Default: members"
              + " come by invitation alone.")
  private @Nullable String admits;

  @Mixin private ClusterPlace place;
  @Mixin private IdentityChoice identity;

  @Override
  public Integer call() throws Exception {
    if (!secured && (organisation != null || host != null || admits != null)) {
      throw new ParameterException(
          spec.commandLine(),
          (host != null
                  ? "--host"
                  : organisation != null ? "--organisation" : "--admit-certificates")
              + " needs --secured: a cluster without TLS stays on loopback");
    }
    if (!secured && identity.isOption()) {
      throw new ParameterException(
          spec.commandLine(),
          "certificates need --secured; give it again for a cluster that was set up with it");
    }
    // Says what is wrong before anything starts.
    Optional<BroughtIdentity> brought = secured ? brought() : Optional.empty();
    @Nullable Secured how = secured ? how() : null;
    ClusterOptions options =
        place
            .options()
            .withParallelism(parallelism)
            .withCheckpointInterval(Duration.ofMillis(checkpointIntervalMs));
    options = anyPorts ? options.withAnyPorts() : options;
    ProcessCluster cluster = ProcessCluster.at(how == null ? options : options.withSecured(how));
    if (cluster.isSecured() && !secured && brought.isEmpty()) {
      brought = brought(); // of the environment
    }
    if (brought.isPresent()) {
      cluster.bring(brought.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    cluster.up(new Phases(spec.commandLine().getErr())::run);
    StatusTable.print(cluster.status(), out);
    return 0;
  }

  /** The network node's certificate, if the organisation has its own. */
  private Optional<BroughtIdentity> brought() throws Exception {
    try {
      Optional<BroughtIdentity> brought = identity.given();
      if (brought.isPresent()) {
        brought.get().check();
      }
      return brought;
    } catch (IllegalArgumentException | IdentityException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Secured how() {
    try {
      return new Secured(
          organisation == null ? Secured.ANY_ORGANISATION : organisation,
          host == null ? Secured.ANY_HOST : host,
          admits == null ? "" : admits);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
