package io.swarmstream.cli.site;

import io.swarmstream.identity.IdentityException;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import io.swarmstream.site.node.http.ServerOptions;
import io.swarmstream.site.node.pipes.PipeOptions;
import io.swarmstream.site.node.pipes.Pipes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs a site's node until Ctrl-C, and tells people what its trainers need to know. */
final class SiteConsole {
  private final CommandSpec spec;

  SiteConsole(CommandSpec spec) {
    this.spec = spec;
  }

  /** What runs beside the node as long as it does. */
  interface Beside {
    /** Starts it; may print lines. */
    AutoCloseable start(SiteNode node, NodeServer server) throws IOException;
  }

  void run(
      NodeOptions options,
      SiteKey key,
      ServerOptions listening,
      Optional<PipeOptions> atPipes,
      Beside beside)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    SiteNode node = SiteNode.of(options, key);
    try (NodeServer server = listen(node, listening);
        ClosingPipes pipes = new ClosingPipes(served(node, atPipes))) {
      out.println("Site " + options.name() + " is " + key.address() + ".");
      try (AutoCloseable running = beside.start(node, server)) {
        out.println(
            "Trainers find its node at "
                + server.uri()
                + ", and show it the token in "
                + server.token().file()
                + ".");
        out.println("Those of this user find it by themselves, others by SWARM_TOKEN_FILE.");
        server
            .socketUri()
            .ifPresent(
                socket ->
                    out.println("They also find it, without a token, by SWARM_NODE=" + socket));
        pipes.say(out);
        out.println("Its page, by a link that works once: " + server.loginUri());
        out.println("Ctrl-C leaves its trainings and stops it.");
        out.flush();
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      // Left below.
    } finally {
      leave(node);
    }
  }

  private Optional<Pipes> served(SiteNode node, Optional<PipeOptions> options)
      throws InterruptedException {
    try {
      return options.isEmpty() ? Optional.empty() : Optional.of(Pipes.start(node, options.get()));
    } catch (IOException | IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), "--pipes: " + e.getMessage(), e);
    }
  }

  /** The pipes, if there are any. */
  private record ClosingPipes(Optional<Pipes> pipes) implements AutoCloseable {
    void say(PrintWriter out) {
      pipes.ifPresent(
          open -> {
            out.println("Programs with HPE Swarm Learning's client need these variables:");
            out.println("  SL_REQUEST_CHANNEL=" + open.requests());
            out.println("  SL_RESPONSE_CHANNEL=" + open.responses());
          });
    }

    @Override
    public void close() throws Exception {
      if (pipes.isPresent()) {
        pipes.get().close();
      }
    }
  }

  private NodeServer listen(SiteNode node, ServerOptions listening) {
    try {
      return NodeServer.start(node, listening);
    } catch (IllegalArgumentException | IdentityException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Leaves the swarm. Reports what it waits for, because an unreachable swarm delays it by some
   * seconds.
   */
  private void leave(SiteNode node) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    node.sessions()
        .forEach(
            session ->
                err.println("leaving contract " + session.training().terms().contract() + " …"));
    List<String> untold = node.suspend();
    err.println(
        untold.isEmpty()
            ? "left"
            : "left, but Kafka does not answer: a round of "
                + String.join(", ", untold)
                + " may wait for this site for the grace period");
  }
}
