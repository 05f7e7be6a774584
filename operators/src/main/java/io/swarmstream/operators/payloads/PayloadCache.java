package io.swarmstream.operators.payloads;

import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that this JVM has seen and will need again, by their hash. A round that fits is merged
 * without reading the log; of one that does not fit, only the rest is read.
 *
 * <p>An entry stays until it is dropped, and a payload that does not fit is left out. Evicting the
 * oldest instead would evict the model first, which was there before the deltas that are added to
 * it. An entry that is never dropped, such as one of a site that died before its round was sealed,
 * is evicted after {@value #PATIENCE} times the capacity has been offered.
 *
 * <p>All subtasks of the JVM share it, because the one that admits a payload need not be the one
 * that merges it. Nothing depends on its content, and nobody can make it return wrong bytes:
 * payloads are looked up by their hash, and by how they were hashed, because payloads can have the
 * same leaf under two payload hashes.
 */
public final class PayloadCache {
  private static final Map<Long, PayloadCache> SHARED = new ConcurrentHashMap<>();

  private static final int PATIENCE = 4;

  /**
   * What an entry takes beside its payload: its hash in hex, itself, and its place in the map.
   * Without it anybody could fill the heap with payloads of four bytes.
   */
  private static final int ENTRY_BYTES = 256;

  private final long capacity;
  private final Map<Key, Entry> payloads = new LinkedHashMap<>();
  private long bytes;

  /** Of all entries that were ever put in or left out. */
  private long offered;

  PayloadCache(long capacity) {
    this.capacity = capacity;
  }

  private record Key(PayloadHash function, String hash) {}

  /** A payload that several sites or chunks may have in common, as of weights that are frozen. */
  private static final class Entry {
    private final byte[] payload;
    private final long offeredBefore;
    private int users = 1;

    Entry(byte[] payload, long offeredBefore) {
      this.payload = payload;
      this.offeredBefore = offeredBefore;
    }

    long bytes() {
      return bytesWith(payload);
    }
  }

  /**
   * This JVM's cache of that size.
   *
   * @param capacity the most bytes it takes
   */
  static PayloadCache shared(long capacity) {
    return SHARED.computeIfAbsent(capacity, PayloadCache::new);
  }

  /** Keeps a payload when there is room, or only what nobody seems to ask for any more. */
  public synchronized void put(PayloadHash function, String hash, byte[] payload) {
    Key key = new Key(function, hash);
    @Nullable Entry known = payloads.get(key);
    if (known != null) {
      known.users++;
      return;
    }
    long length = bytesWith(payload);
    makeRoom(length);
    if (bytes + length <= capacity) {
      payloads.put(key, new Entry(payload, offered));
      bytes += length;
    }
    offered += length;
  }

  private static long bytesWith(byte[] payload) {
    return (long) payload.length + ENTRY_BYTES;
  }

  private void makeRoom(long length) {
    var oldest = payloads.values().iterator();
    while (bytes + length > capacity && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (offered - entry.offeredBefore < PATIENCE * capacity) {
        return;
      }
      bytes -= entry.bytes();
      oldest.remove();
    }
  }

  /** The payload of that hash, not to be changed; null: not here. */
  synchronized byte @Nullable [] get(PayloadHash function, String hash) {
    @Nullable Entry entry = payloads.get(new Key(function, hash));
    return entry == null ? null : entry.payload;
  }

  /** A payload will not be asked for again by one of those that it was put in for. */
  synchronized void drop(PayloadHash function, String hash) {
    Key key = new Key(function, hash);
    @Nullable Entry entry = payloads.get(key);
    if (entry != null && --entry.users == 0) {
      payloads.remove(key);
      bytes -= entry.bytes();
    }
  }
}
