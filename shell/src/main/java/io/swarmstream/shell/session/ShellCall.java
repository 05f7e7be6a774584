package io.swarmstream.shell.session;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.grammar.Values;
import io.swarmstream.shell.swarm.Swarm;

/**
 * A line that is being run.
 *
 * @param values of the line
 */
public record ShellCall(Values values, ShellSession session, Output out) {
  /** A value that the syntax makes sure of. */
  public String text(String name) {
    return values.text(name);
  }

  /** The context that the command names, else the session's. */
  public ShellContext context() {
    return values.find("context").map(session.contexts()::named).orElseGet(session::context);
  }

  public void say(String line) {
    out.say(line);
  }

  /** Says a property of something. */
  public void say(String key, Object value) {
    out.say(key + " : " + value);
  }

  /** The swarm of the session's context. */
  public Swarm swarm() {
    return session.swarm();
  }

  /** Its tasks. */
  public TaskBoard tasks() {
    return session.swarm().tasks();
  }
}
