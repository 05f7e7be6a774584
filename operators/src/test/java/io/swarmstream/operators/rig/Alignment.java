package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds a subtask's channels back whose barrier has come, until all barriers of the checkpoint
 * have; then the subtask is snapshotted.
 */
final class Alignment {
  /** Snapshots the subtask and sends the barrier on. */
  @FunctionalInterface
  interface Snapshot {
    void take(long checkpoint) throws Exception;
  }

  private final List<Channel> channels = new ArrayList<>();
  private final Snapshot snapshot;
  private int reached;

  Alignment(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  void add(Channel channel) {
    channels.add(channel);
  }

  void reached(long checkpoint) throws Exception {
    reached++;
    if (reached == channels.size()) {
      reached = 0;
      snapshot.take(checkpoint);
      channels.forEach(Channel::unblock);
    }
  }
}
