package io.swarmstream.operators.rig;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is on its way from one subtask to another along one edge, in its order: records, and the
 * barriers of checkpoints between them.
 */
final class Channel extends Choice {
  /** Says that all before it belongs to the checkpoint. */
  record Barrier(long checkpoint) {}

  private final Deque<Object> queue = new ArrayDeque<>();
  private final Receiver receiver;

  /** 1 or 2: the input of the receiver that it leads to. */
  private final int input;

  private final Choices choices;

  /** Its barrier has come and those of the receiver's other channels have not. */
  private boolean blocked;

  Channel(Receiver receiver, int input, Choices choices) {
    this.receiver = receiver;
    this.input = input;
    this.choices = choices;
    receiver.alignment().add(this);
  }

  void put(Object value) {
    queue.add(value);
    choices.offer(this);
  }

  void unblock() {
    blocked = false;
    choices.offer(this);
  }

  @Override
  boolean possible() {
    return !blocked && !queue.isEmpty();
  }

  @Override
  void happen() throws Exception {
    Object value = queue.remove();
    if (value instanceof Barrier barrier) {
      blocked = true;
      receiver.alignment().reached(barrier.checkpoint());
    } else {
      receiver.accept(input, value);
    }
  }
}
