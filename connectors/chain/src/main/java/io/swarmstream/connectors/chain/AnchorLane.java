package io.swarmstream.connectors.chain;

import io.swarmstream.schemas.Anchor;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The anchors of one contract, by round, that the chain does not hold or may lose again. */
final class AnchorLane {
  /**
   * Number of anchored rounds to remember, because the chain may lose their blocks in a
   * reorganisation or when a development chain restarts from an older state.
   */
  static final int REMEMBERED_ROUNDS = 64;

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private boolean isHalted;
  private long retryAtNanos = System.nanoTime();

  private static final class Entry {
    final Anchor anchor;

    boolean isAnchored;

    Entry(Anchor anchor) {
      this.anchor = anchor;
    }
  }

  /** Takes an anchor; returns a different anchor of the same round if it already has one. */
  @Nullable Anchor receive(Anchor anchor) {
    Entry existing = entries.get(anchor.round());
    if (existing == null) {
      // Rounds of a halted contract are never anchored; keeping them would only use memory.
      if (!isHalted) {
        entries.put(anchor.round(), new Entry(anchor));
      }
      return null;
    }
    return existing.anchor.equals(anchor) ? null : existing.anchor;
  }

  /** Takes an anchor from a completed checkpoint. */
  void restore(Anchor anchor) {
    entries.putIfAbsent(anchor.round(), new Entry(anchor));
  }

  List<Anchor> all() {
    return entries.values().stream().map(entry -> entry.anchor).toList();
  }

  /** The next anchor, if the lane is not waiting. */
  Optional<Anchor> due(long nowNanos) {
    if (isHalted || nowNanos - retryAtNanos < 0) {
      return Optional.empty();
    }
    return firstPending().map(entry -> entry.anchor);
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

  /** Sends anchors again from this round; false when the lane no longer remembers it. */
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

  /** Halts anchoring. Keeps the conflicting anchor, so that a restored job finds it again. */
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
