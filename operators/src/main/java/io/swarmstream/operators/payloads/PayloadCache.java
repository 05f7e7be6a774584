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
  private final Map<String, byte[]> payloads = new LinkedHashMap<>();
  private long bytes;

  private PayloadCache(long capacity) {
    this.capacity = capacity;
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
    if (payload.length > capacity || payloads.containsKey(hash)) {
      return;
    }
    payloads.put(hash, payload);
    bytes += payload.length;
    var oldest = payloads.values().iterator();
    while (bytes > capacity) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }

  /** The payload of that hash, not to be changed; null: not here. */
  synchronized byte @Nullable [] get(String hash) {
    return payloads.get(hash);
  }

  /** A payload will not be asked for again. */
  synchronized void drop(String hash) {
    byte @Nullable [] payload = payloads.remove(hash);
    if (payload != null) {
      bytes -= payload.length;
    }
  }
}
