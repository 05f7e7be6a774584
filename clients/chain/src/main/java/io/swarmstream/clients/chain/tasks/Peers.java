package io.swarmstream.clients.chain.tasks;

/** Who has to run a task. */
public sealed interface Peers {
  /**
   * All registered agents may enrol; so many peers have to complete. Peers are sites for {@link
   * TaskType#RUN_SWARM}, else agents.
   */
  record AtLeast(int required) implements Peers {}

  /**
   * Like {@link AtLeast} with all that are there: the caller has counted them, because only it
   * knows who was heard lately.
   */
  record All(int required) implements Peers {}

  /**
   * One agent. On a running taskrunner with the same task it joins the run, or tries again.
   *
   * @param account of the agent
   */
  record Target(String account) implements Peers {}
}
