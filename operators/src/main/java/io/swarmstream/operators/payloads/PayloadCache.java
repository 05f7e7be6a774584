package io.swarmstream.operators.payloads;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest payloads that this JVM has seen, by their hash: a round that fits is merged without
 * reading it again.
 *
 * <p>It is shared by all subtasks here, since the one that admits a payload need not be the one
 * that merges it. Nothing depends on what it holds, and nobody can make it give wrong bytes: what
 * is looked for is named by its hash.
 */
public final class PayloadCache {
  private static final Map<Long, PayloadCache> SHARED = new ConcurrentHashMap<>();

  private final long capacity;
  private final Map<String, Entry> payloads = new LinkedHashMap<>();
  private long bytes;

  PayloadCache(long capacity) {
    this.capacity = capacity;
  }

  /** A payload that several sites or chunks may have in common, as of weights that are frozen. */
  private static final class Entry {
    private final byte[] payload;
    private int users = 1;

    Entry(byte[] payload) {
      this.payload = payload;
    }
  }

  /**
   * This JVM's cache of that size.
   *
   * @param capacity the most bytes of payload it keeps
   */
  static PayloadCache shared(long capacity) {
    return SHARED.computeIfAbsent(capacity, PayloadCache::new);
  }

  /** Keeps a payload, in the place of the oldest ones when there is no room. */
  public synchronized void put(String hash, byte[] payload) {
    @Nullable Entry known = payloads.get(hash);
    if (known != null) {
      known.users++;
      return;
    }
    if (payload.length > capacity) {
      return;
    }
    payloads.put(hash, new Entry(payload));
    bytes += payload.length;
    var oldest = payloads.values().iterator();
    while (bytes > capacity) {
      bytes -= oldest.next().payload.length;
      oldest.remove();
    }
  }

  /** The payload of that hash, not to be changed; null: not here. */
  synchronized byte @Nullable [] get(String hash) {
    @Nullable Entry entry = payloads.get(hash);
    return entry == null ? null : entry.payload;
  }

  /** A payload will not be asked for again by one of those that it was put in for. */
  synchronized void drop(String hash) {
    @Nullable Entry entry = payloads.get(hash);
    if (entry != null && --entry.users == 0) {
      payloads.remove(hash);
      bytes -= entry.payload.length;
    }
  }
}
