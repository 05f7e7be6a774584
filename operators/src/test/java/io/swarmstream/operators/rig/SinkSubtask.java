package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One subtask of a sink that keeps what it has taken in checkpoints. A transactional sink: what it
 * writes can be read when the checkpoint has completed that closed its transaction, and is lost
 * with a crash before that. An eager one: at once, unless what it writes to is away.
 */
final class SinkSubtask extends Choice implements Receiver {
  /** Told of a sink's part of a checkpoint: its transactions that are not committed yet. */
  @FunctionalInterface
  interface Acknowledgement {
    void of(long checkpoint, List<Transaction> pending);
  }

  private final Consumer<Object> written;
  private final Consumer<Object> visible;
  private final Choices choices;
  private final Acknowledgement acknowledgement;
  private final boolean eager;
  private final Alignment alignment = new Alignment(this::close);
  private final NavigableMap<Long, List<Transaction>> closed = new TreeMap<>();
  private Transaction open = new Transaction();
  private long durable = -1;
  private boolean away;

  SinkSubtask(
      boolean eager,
      Consumer<Object> written,
      Consumer<Object> visible,
      Choices choices,
      Acknowledgement acknowledgement) {
    this.eager = eager;
    this.written = written;
    this.visible = visible;
    this.choices = choices;
    this.acknowledgement = acknowledgement;
  }

  @Override
  public void accept(int input, Object value) {
    written.accept(value);
    open.records.add(value);
    choices.offer(this);
  }

  @Override
  public Alignment alignment() {
    return alignment;
  }

  private void close(long checkpoint) {
    closed.put(checkpoint, List.of(open));
    open = new Transaction();
    List<Transaction> pending = new ArrayList<>();
    closed.values().forEach(pending::addAll);
    acknowledgement.of(checkpoint, pending);
  }

  /** Takes over what an earlier run left to commit. */
  void restore(long checkpoint, List<Transaction> pending) {
    closed.put(checkpoint, List.copyOf(pending));
    completed(checkpoint);
  }

  /** What was closed up to that checkpoint will become visible. */
  void completed(long checkpoint) {
    durable = checkpoint;
    choices.offer(this);
  }

  /** While it is away nothing can be committed to what the sink writes to. */
  void setAway(boolean away) {
    this.away = away;
    choices.offer(this);
  }

  /** Makes all visible that was written, as if a checkpoint had been and gone. */
  void commitNow() {
    while (possible()) {
      happen();
    }
    List<Object> records = List.copyOf(open.records);
    open = new Transaction();
    records.forEach(visible);
  }

  /** What was written and not committed is never to be read. */
  void lose() {
    closed.clear();
    open = new Transaction();
  }

  @Override
  boolean possible() {
    return !away
        && (!closed.headMap(eager ? Long.MAX_VALUE : durable, true).isEmpty()
            || (eager && !open.records.isEmpty()));
  }

  @Override
  void happen() {
    if (closed.isEmpty()) {
      if (!open.records.isEmpty()) {
        visible.accept(open.records.remove(0));
      }
      return;
    }
    for (Transaction transaction : closed.pollFirstEntry().getValue()) {
      if (transaction.commit()) {
        transaction.records.forEach(visible);
      }
    }
  }
}
