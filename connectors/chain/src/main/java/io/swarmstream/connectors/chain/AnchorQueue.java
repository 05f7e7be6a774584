package io.swarmstream.connectors.chain;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds anchors between the task, which receives and checkpoints them, and the thread that sends
 * them.
 *
 * <p>An anchor is sent as soon as it is received: the round's plan is in the log, so no crash can
 * undo the round any more. Within a contract they are sent by round, one after the other; contracts
 * do not wait for each other. No method waits for the chain.
 */
final class AnchorQueue {
  /** In the order of their turns; a lane that had its turn moves to the end. */
  private final Map<String, AnchorLane> lanes = new LinkedHashMap<>();

  /** Takes an anchor; returns a different anchor of the same round if it already has one. */
  synchronized @Nullable Anchor receive(Anchor anchor) {
    Anchor other = lane(anchor.contract()).receive(anchor);
    notifyAll();
    return other;
  }

  /** Takes the anchors of a restored checkpoint. */
  synchronized void restore(Iterable<Anchor> anchors) {
    anchors.forEach(anchor -> lane(anchor.contract()).restore(anchor));
    notifyAll();
  }

  /** All anchors, for a checkpoint. */
  synchronized List<Anchor> all() {
    List<Anchor> anchors = new ArrayList<>();
    lanes.values().forEach(lane -> anchors.addAll(lane.all()));
    return anchors;
  }

  /** The next anchor to send; empty when none comes within the given time. */
  synchronized Optional<Anchor> take(Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    Optional<Anchor> due = due();
    while (due.isEmpty()) {
      long restMs = NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      if (restMs <= 0) {
        break;
      }
      wait(restMs);
      due = due();
    }
    return due;
  }

  synchronized void anchored(Anchor anchor) {
    AnchorLane lane = lane(anchor.contract());
    lane.anchored(anchor.round());
    lanes.remove(anchor.contract());
    lanes.put(anchor.contract(), lane);
  }

  /**
   * Sends a contract's anchors again from this round; false when the round is no longer remembered.
   */
  synchronized boolean rewind(String contract, long round) {
    return lane(contract).rewind(round);
  }

  /** Skips a contract for a while. */
  synchronized void postpone(String contract, Duration delay) {
    lane(contract).postpone(delay.toNanos());
  }

  /** Halts a contract because of this round. */
  synchronized void halt(String contract, long round) {
    lane(contract).halt(round);
  }

  /** Anchors that are not on the chain yet. */
  synchronized long pending() {
    return lanes.values().stream().mapToLong(AnchorLane::pending).sum();
  }

  /** Contracts whose anchoring is halted. */
  synchronized long halted() {
    return lanes.values().stream().filter(AnchorLane::isHalted).count();
  }

  private Optional<Anchor> due() {
    long now = System.nanoTime();
    return lanes.values().stream().map(lane -> lane.due(now)).flatMap(Optional::stream).findFirst();
  }

  private AnchorLane lane(String contract) {
    return lanes.computeIfAbsent(contract, name -> new AnchorLane());
  }
}
