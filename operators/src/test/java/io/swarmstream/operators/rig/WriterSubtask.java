package io.swarmstream.operators.rig;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One subtask of a sink that writes at least once: what it takes reaches the log a little later,
 * and at the latest before its part of a checkpoint is done. What is on its way at a crash may
 * reach the log at any time after it.
 */
final class WriterSubtask extends Choice implements Receiver {
  private final Consumer<Object> written;
  private final Consumer<Object> visible;
  private final Choices choices;
  private final Alignment alignment;
  private final Deque<Object> onTheWay = new ArrayDeque<>();
  private Predicate<Object> held = value -> false;

  WriterSubtask(
      Consumer<Object> written,
      Consumer<Object> visible,
      Choices choices,
      LongConsumer acknowledgement) {
    this.written = written;
    this.visible = visible;
    this.choices = choices;
    this.alignment =
        new Alignment(
            checkpoint -> {
              flush();
              acknowledgement.accept(checkpoint);
            });
  }

  @Override
  public void accept(int input, Object value) {
    written.accept(value);
    onTheWay.add(value);
    choices.offer(this);
  }

  @Override
  public Alignment alignment() {
    return alignment;
  }

  private void flush() {
    while (!onTheWay.isEmpty()) {
      visible.accept(onTheWay.remove());
    }
  }

  /** From now on these stay on their way, until a checkpoint. */
  void hold(Predicate<Object> which) {
    held = which;
    choices.offer(this);
  }

  @Override
  boolean possible() {
    return onTheWay.stream().anyMatch(held.negate());
  }

  @Override
  void happen() {
    for (Iterator<Object> all = onTheWay.iterator(); all.hasNext(); ) {
      Object next = all.next();
      if (!held.test(next)) {
        all.remove();
        visible.accept(next);
        return;
      }
    }
  }

  /** Takes out what is on its way. */
  List<Object> lose() {
    List<Object> lost = new ArrayList<>(onTheWay);
    onTheWay.clear();
    return lost;
  }
}
