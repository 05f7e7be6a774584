package io.swarmstream.cli.site;

import io.swarmstream.cli.options.Span;
import io.swarmstream.site.node.http.ServerOptions;
import io.swarmstream.site.node.pipes.PipeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where trainers of this machine reach a node, beside its port, and who lets them begin. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainerDoors {
  @Option(
      names = "--socket",
      paramLabel = "FILE",
      description =
          "Also listens on a Unix domain socket. Whoever may open the file needs no token: this user, "
              + "and the folder's group if it may write to the folder.")
  private @Nullable Path socket;

  @Option(
      names = "--pipes",
      paramLabel = "FOLDER",
      description =
          "Makes HPE Swarm Learning's named pipes SL_REQUEST_CHANNEL and SL_RESPONSE_CHANNEL in this "
              + "folder, for programs that have HPE's own client inside.")
  private @Nullable Path pipes;

  @Option(
      names = "--pipes-deadline",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "1h",
      description =
          "How long a program at the pipes waits for a round before it is told that sites are "
              + "missing. Default: ${DEFAULT-VALUE}.")
  private Duration deadline;

  @Option(
      names = "--ask",
      description =
          "Trains for a contract only when you have approved it on the node's page; without it,"
              + " trainers decide.")
  private boolean asks;

  /** Whether the owner of the site is asked about each contract. */
  boolean asks() {
    return asks;
  }

  ServerOptions listening(ServerOptions options) {
    return socket == null ? options : options.withSocket(socket);
  }

  Optional<PipeOptions> pipes() {
    return Optional.ofNullable(pipes).map(folder -> PipeOptions.of(folder).withDeadline(deadline));
  }
}
