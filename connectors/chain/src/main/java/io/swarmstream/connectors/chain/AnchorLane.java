package io.swarmstream.connectors.chain;

import io.swarmstream.schemas.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The anchors of one contract that the chain lacks, or may come to lack again, by round. */
final class AnchorLane {
  /**
   * Anchored rounds that are remembered, to be anchored again when the chain takes their blocks
   * back (a reorganisation, or a development chain restarted from an older state).
   */
  static final int REMEMBERED_ROUNDS = 64;

  /** A round's anchor is in no checkpoint yet. */
  private static final long UNCOVERED = Long.MAX_VALUE;

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private boolean isHalted;
  private long retryAtNanos = System.nanoTime();

  private static final class Entry {
    final Anchor anchor;

    /** First checkpoint that holds it. */
    long coveredBy = UNCOVERED;

    boolean isAnchored;

    Entry(Anchor anchor) {
      this.anchor = anchor;
    }
  }

  /** Takes an anchor; returns the one it already has of that round when that is another one. */
  @Nullable Anchor receive(Anchor anchor) {
    Entry existing = entries.get(anchor.round());
    if (existing == null) {
      // A halted contract's rounds cannot be anchored any more; they must not pile up for nothing.
      if (!isHalted) {
        entries.put(anchor.round(), new Entry(anchor));
      }
      return null;
    }
    return existing.anchor.equals(anchor) ? null : existing.anchor;
  }

  /** Takes an anchor that a completed checkpoint holds. */
  void restore(Anchor anchor) {
    Entry entry = new Entry(anchor);
    entry.coveredBy = Long.MIN_VALUE;
    entries.putIfAbsent(anchor.round(), entry);
  }

  List<Anchor> cover(long checkpoint) {
    List<Anchor> anchors = new ArrayList<>();
    for (Entry entry : entries.values()) {
      entry.coveredBy = Math.min(entry.coveredBy, checkpoint);
      anchors.add(entry.anchor);
    }
    return anchors;
  }

  /** The anchor whose turn it is, if it is durable and the lane is not waiting. */
  Optional<Anchor> due(long completedCheckpoint, long nowNanos) {
    if (isHalted || nowNanos - retryAtNanos < 0) {
      return Optional.empty();
    }
    return firstPending()
        .filter(entry -> entry.coveredBy <= completedCheckpoint)
        .map(entry -> entry.anchor);
  }

  void anchored(long round) {
    Entry entry = entries.get(round);
    if (entry != null) {
      entry.isAnchored = true;
    }
    while (entries.size() > REMEMBERED_ROUNDS && entries.firstEntry().getValue().isAnchored) {
      entries.pollFirstEntry();
    }
  }

  /** Anchors again from this round on; false when the lane does not remember it. */
  boolean rewind(long round) {
    if (!entries.containsKey(round)) {
      return false;
    }
    entries.tailMap(round).values().forEach(entry -> entry.isAnchored = false);
    return true;
  }

  void postpone(long nanos) {
    retryAtNanos = System.nanoTime() + nanos;
  }

  /** Anchors no more. What led to this stays, so that a restored job finds it again. */
  void halt(long round) {
    isHalted = true;
    entries.entrySet().removeIf(entry -> entry.getKey() > round);
  }

  boolean isHalted() {
    return isHalted;
  }

  long pending() {
    return entries.values().stream().filter(entry -> !entry.isAnchored).count();
  }

  private Optional<Entry> firstPending() {
    return entries.values().stream().filter(entry -> !entry.isAnchored).findFirst();
  }
}
