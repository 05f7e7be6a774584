package io.swarmstream.shell;

import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.shell.context.ContextBook;
import io.swarmstream.shell.context.HostAliases;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.ShellPace;
import io.swarmstream.shell.session.ShellParts;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import io.swarmstream.shell.swarm.Swarm;
import io.swarmstream.shell.task.TaskDefinitions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shell with a swarm in memory, whose time passes only by pauses. */
public final class TestShell {
  /** Where the network node of the first context is. */
  static final URI OWN = URI.create("https://127.0.0.1:30304");

  public final FakeSwarm swarm = new FakeSwarm();
  final Map<URI, Swarm> others = new HashMap<>();
  final Path usr;
  final Path folder;
  public final ShellParts parts;
  final Interpreter interpreter = new Interpreter(Instructions.grammar());
  ShellSession session;
  Runnable onPause = () -> {};

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  public TestShell(Path home) throws IOException {
    this(home, Map.of());
  }

  TestShell(Path home, Map<String, String> environment) throws IOException {
    usr = Files.createDirectories(home.resolve("usr"));
    folder = home.resolve("shell");
    others.put(OWN, swarm);
    parts =
        new ShellParts(
            ContextBook.in(folder, OWN),
            new HostAliases(Map.of("SN1", "127.0.0.1:30304")),
            this::open,
            FakeSwarm.MARK,
            new TaskDefinitions(),
            new Passing(),
            environment);
    session = ShellSession.local(parts, Workplace.ofUser(usr));
  }

  private Swarm open(URI node) {
    Swarm found = others.get(node);
    if (found == null) {
      throw unreachable(node);
    }
    return found;
  }

  static ApiUnreachableException unreachable(URI node) {
    return new ApiUnreachableException(
        "no network node answers: " + node + ": nothing listens there", new ConnectException());
  }

  private final class Passing implements ShellPace {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now = now.plus(time);
      onPause.run();
    }
  }

  /** Time that has passed. */
  Duration passed() {
    return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now);
  }

  /** Runs a line. */
  Outcome run(String line) {
    return interpreter.run(line, session, text -> {}, "").orElseThrow();
  }

  /** What a line says that succeeds. */
  List<String> said(String line) {
    Outcome outcome = run(line);
    if (!outcome.isDone()) {
      throw new AssertionError(line + " failed: " + outcome.error() + " after " + outcome.lines());
    }
    return new ArrayList<>(outcome.lines());
  }

  /** Why a line fails. */
  String error(String line) {
    Outcome outcome = run(line);
    if (outcome.isDone()) {
      throw new AssertionError(line + " succeeded: " + outcome.lines());
    }
    return String.valueOf(outcome.error());
  }

  Path file(String name, String text) throws IOException {
    Path file = usr.resolve(name);
    Files.createDirectories(file.getParent() == null ? usr : file.getParent());
    return Files.writeString(file, text);
  }
}
