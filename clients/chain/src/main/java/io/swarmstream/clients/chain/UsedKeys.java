package io.swarmstream.clients.chain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Certificate keys and SPIFFE ids that were ever a member's, also of one that has been removed or
 * has another key now. Settled blocks are read once. Safe for use by many threads.
 */
public final class UsedKeys {
  private final LongSupplier newestBlock;
  private final Blocks blocks;
  private final Set<String> settled = new HashSet<>();
  private Set<String> newer = Set.of();
  private long nextBlock;

  /** A binding that the chain has logged; what was not bound is empty. */
  record Bound(long block, String keyHash, String spiffeId) {}

  /** Reads the bindings of blocks, first and last inclusive. */
  interface Blocks {
    List<Bound> read(long first, long last);
  }

  UsedKeys(long startBlock, LongSupplier newestBlock, Blocks blocks) {
    this.nextBlock = startBlock;
    this.newestBlock = newestBlock;
    this.blocks = blocks;
  }

  /** Reads what was bound since the last call; the first call reads the whole chain. */
  public synchronized void follow() {
    long last = newestBlock.getAsLong();
    Set<String> unsettled = new HashSet<>();
    for (Bound bound : blocks.read(nextBlock, last)) {
      Set<String> into = bound.block() <= last - BoundKeys.UNSETTLED_BLOCKS ? settled : unsettled;
      into.add(bound.keyHash());
      into.add(bound.spiffeId());
    }
    newer = unsettled;
    nextBlock = Math.max(nextBlock, last - BoundKeys.UNSETTLED_BLOCKS + 1);
  }

  /**
   * Whether one of the two was ever a member's, as of now. An empty value is nobody's.
   *
   * @param keyHash 64 hex digits
   */
  public synchronized boolean haveAny(String keyHash, String spiffeId) {
    follow();
    return isUsed(keyHash) || isUsed(spiffeId);
  }

  private boolean isUsed(String value) {
    return !value.isEmpty() && (settled.contains(value) || newer.contains(value));
  }
}
