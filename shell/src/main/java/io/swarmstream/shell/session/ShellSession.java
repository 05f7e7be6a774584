package io.swarmstream.shell.session;

import io.swarmstream.shell.context.ContextBook;
import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.swarm.Swarm;
import io.swarmstream.shell.swarm.SwarmMark;
import io.swarmstream.shell.task.TaskReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where a user is: context, folder, and what is to happen when a command fails. */
public final class ShellSession {
  private final ShellParts parts;
  private final Workplace workplace;
  private final Optional<Duration> longestWait;

  private String context;
  private boolean exitsOnFailure;
  private boolean isOver;
  private int done;

  private ShellSession(ShellParts parts, Workplace workplace, Optional<Duration> longestWait) {
    this.parts = parts;
    this.workplace = workplace;
    this.longestWait = longestWait;
    this.context = parts.contexts().current();
  }

  /**
   * The session of somebody at a terminal, or of a script; the next one begins with its context.
   */
  public static ShellSession local(ShellParts parts, Workplace workplace) {
    return new ShellSession(parts, workplace, Optional.empty());
  }

  /**
   * The session of a client of the service.
   *
   * @param longestWait of one command
   */
  public static ShellSession remote(ShellParts parts, Workplace workplace, Duration longestWait) {
    return new ShellSession(parts, workplace, Optional.of(longestWait));
  }

  public ContextBook contexts() {
    return parts.contexts();
  }

  public ShellPace pace() {
    return parts.pace();
  }

  public Workplace workplace() {
    return workplace;
  }

  public TaskReader taskReader() {
    return parts.taskReader();
  }

  /** The member's swarm. */
  public SwarmMark mark() {
    return parts.mark();
  }

  /** The context that commands go through. */
  public ShellContext context() {
    return contexts().named(context);
  }

  public void switchTo(ShellContext other) {
    context = other.name();
    if (longestWait.isEmpty()) {
      contexts().setCurrent(context);
    }
  }

  /** A variable of the context; else of the process. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(context().environment().get(name))
        .or(() -> Optional.ofNullable(parts.environment().get(name)));
  }

  /** Where the network node of a context is. */
  public URI url(ShellContext of) {
    return url(of.host(), of.port());
  }

  /** Where the network node is that a host and a port mean. */
  public URI url(String host, int port) {
    return parts.aliases().url(host, port);
  }

  /** The swarm of the context. */
  public Swarm swarm() {
    return swarm(url(context()));
  }

  /** The swarm behind a network node. */
  public Swarm swarm(URI node) {
    return parts.swarms().open(node);
  }

  /** A wait as long as wanted, or as this session may. */
  public Duration bounded(Duration wanted) {
    return longestWait.filter(longest -> longest.compareTo(wanted) < 0).orElse(wanted);
  }

  /** Whether the first command that fails ends the session. */
  public boolean exitsOnFailure() {
    return exitsOnFailure;
  }

  public void setExitsOnFailure(boolean exits) {
    exitsOnFailure = exits;
  }

  /** Whether the user has left. */
  public boolean isOver() {
    return isOver;
  }

  public void end() {
    isOver = true;
  }

  /** Commands that were done. */
  public int done() {
    return done;
  }

  void countDone() {
    done++;
  }

  /** What the user is asked with. */
  public String prompt() {
    return "SWCI:" + done + " > ";
  }
}
