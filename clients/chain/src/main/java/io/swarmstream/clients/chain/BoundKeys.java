package io.swarmstream.clients.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which certificate key an account had when it acted: a replay of what the chain has logged of
 * bindings. Safe for use by many threads.
 */
public final class BoundKeys {
  /** Newer blocks may still be replaced by others, and are read again. */
  static final long UNSETTLED_BLOCKS = 16;

  private final AuditLog log;
  private final List<AuditEvent> settled = new ArrayList<>();
  private long nextBlock;
  private Map<String, NavigableMap<Place, String>> keys = Map.of();

  /** A place in the chain's order. */
  private record Place(long block, long index) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::block).thenComparingLong(Place::index);

    static Place of(AuditEvent act) {
      return new Place(act.block(), act.index());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  BoundKeys(AuditLog log) {
    this.log = log;
    this.nextBlock = log.startBlock();
  }

  /** Reads what was bound up to a block; to be called before acts of that block are looked up. */
  public synchronized void follow(long lastBlock) {
    List<AuditEvent> all = new ArrayList<>(settled);
    for (AuditEvent binding : log.bindings(nextBlock, lastBlock)) {
      all.add(binding);
      if (binding.block() <= lastBlock - UNSETTLED_BLOCKS) {
        settled.add(binding);
      }
    }
    nextBlock = Math.max(nextBlock, lastBlock - UNSETTLED_BLOCKS + 1);
    keys = replayed(all);
  }

  private static Map<String, NavigableMap<Place, String>> replayed(List<AuditEvent> bindings) {
    Map<String, NavigableMap<Place, String>> keys = new HashMap<>();
    for (AuditEvent binding : bindings) {
      Map<String, String> said = binding.details();
      String key =
          switch (binding.act()) {
            case "KeyBound" -> keyOf(said);
            case "AccountRotated" ->
                before(keys, said.getOrDefault("previousAccount", ""), Place.of(binding));
            default -> ""; // revoked
          };
      keys.computeIfAbsent(said.getOrDefault("account", ""), account -> new TreeMap<>())
          .put(Place.of(binding), key);
    }
    return keys;
  }

  private static String keyOf(Map<String, String> binding) {
    String spiffeId = binding.getOrDefault("spiffeId", "");
    return spiffeId.isEmpty() ? binding.getOrDefault("keyHash", "") : spiffeId;
  }

  private static String before(
      Map<String, NavigableMap<Place, String>> keys, String account, Place place) {
    NavigableMap<Place, String> of = keys.get(account);
    Map.Entry<Place, String> last = of == null ? null : of.lowerEntry(place);
    return last == null ? "" : last.getValue();
  }

  /**
   * The key hash, or the SPIFFE id, that was bound to the actor's account before the act; empty
   * when none was.
   */
  public synchronized Optional<String> of(AuditEvent act) {
    return Optional.of(before(keys, act.actor(), Place.of(act))).filter(key -> !key.isEmpty());
  }
}
