package io.swarmstream.tasks.agent;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.processes.ProcessEnd;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nodes as processes in sessions of their own, so that they outlive the agent. Each writes its
 * process ID before it begins, so that none is lost when the agent is killed at that moment.
 */
public final class DetachedNodes implements SiteNodes {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration KILLED = Duration.ofSeconds(10);

  /** Linux counts a process's start in hundredths of a second from an estimated boot time. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private static final String SCRIPT =
      "umask 077; echo $$ > \"$1.own\" && mv \"$1.own\" \"$1\" && shift && exec \"$@\"";

  private final Function<SiteOrder, List<String>> commands;

  /**
   * Nodes that a command starts.
   *
   * @param commands the command for an order; it listens on the order's socket and makes pipes in
   *     its channels
   */
  public DetachedNodes(Function<SiteOrder, List<String>> commands) {
    this.commands = commands;
  }

  @Override
  public StartedNode start(SiteOrder order) throws IOException {
    PrivateFiles.folder(order.place());
    PrivateFiles.folder(order.channels());
    PrivateFiles.file(order.log());
    Files.deleteIfExists(order.socket());
    Path pidFile = pidFile(order.place());
    Files.deleteIfExists(pidFile);
    PrivateFiles.write(order.place().resolve("site.socket"), order.socket().toString());
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString()); // becomes the shell, under the same number
    }
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "sh", pidFile.toString()));
    command.addAll(commands.apply(order));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(order.log().toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(order.variables().entries().keySet());
    environment.putAll(order.variables().values());
    Process started = builder.start();
    // The process writes it, too: this agent may be killed here. It may also be looked for at once.
    PrivateFiles.write(pidFile, started.pid() + "\n");
    return new Node(started.toHandle(), order.socket());
  }

  @Override
  public Optional<StartedNode> find(Path place) throws IOException {
    Path file = pidFile(place);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path socket = Path.of(Files.readString(place.resolve("site.socket")));
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(found -> isOurs(found, file))
        .map(found -> new Node(found, socket));
  }

  /** Another process may have the same number later, but it began after the file was written. */
  private static boolean isOurs(ProcessHandle found, Path file) {
    try {
      var written = Files.getLastModifiedTime(file).toInstant();
      return found.info().startInstant().map(at -> at.minus(CLOCKS).isBefore(written)).orElse(true);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path pidFile(Path place) {
    return place.resolve("site.pid");
  }

  private record Node(ProcessHandle process, Path socket) implements StartedNode {
    @Override
    public boolean isReady() {
      if (!Files.exists(socket)) {
        return false;
      }
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        return channel.connect(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void stop(Duration grace) {
      process.destroy();
      if (!ProcessEnd.within(process, grace)) {
        process.destroyForcibly();
        if (!ProcessEnd.within(process, KILLED)) {
          throw new IllegalStateException(
              "the site's node (process " + process.pid() + ") does not end; end it by hand");
        }
      }
    }
  }
}
