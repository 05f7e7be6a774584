package io.swarmstream.clients.chain.tasks;

/** Where a taskrunner is. The names are HPE Swarm Learning's. */
public enum RunState {
  /** Nothing is assigned. */
  IDLE,
  /** Assigned; too few peers have completed, and those that could are active or may still enrol. */
  RUNNING,
  /** As many peers as required have completed, and none is active. */
  COMPLETE,
  /**
   * A peer has failed, none is active, too few have completed, and either as many as required have
   * enrolled or all registered agents have. An agent that is targeted again makes it RUNNING.
   */
  ERROR
}
