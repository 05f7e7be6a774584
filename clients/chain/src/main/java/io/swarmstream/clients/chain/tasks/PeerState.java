package io.swarmstream.clients.chain.tasks;

/** Where one peer of a run is. */
public enum PeerState {
  /** Has enrolled and waits, such as for its owner's approval; the description says for what. */
  WAITING,
  RUNNING,
  COMPLETE,
  ERROR;

  /** Whether the peer may still change its state. */
  public boolean isActive() {
    return this == WAITING || this == RUNNING;
  }
}
