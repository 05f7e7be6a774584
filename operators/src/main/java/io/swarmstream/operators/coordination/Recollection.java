package io.swarmstream.operators.coordination;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy in memory of what the state of a key holds. Each receipt asks for all sites; without the
 * copy a round of a thousand sites would take a million reads.
 *
 * <p>Whoever changes the state also changes the copy. It is in no checkpoint: after a restart it is
 * read from the state again.
 */
final class Recollection<T> {
  /** Reads it from the current key's state. */
  interface Reading<T> {
    T read() throws Exception;
  }

  private final Supplier<String> currentKey;
  private final Reading<T> reading;
  private final Map<String, T> byKey = new HashMap<>();

  Recollection(Supplier<String> currentKey, Reading<T> reading) {
    this.currentKey = currentKey;
    this.reading = reading;
  }

  /** The current key's; whoever changes its state next changes it. */
  T get() throws Exception {
    String key = currentKey.get();
    @Nullable T known = byKey.get(key);
    if (known == null) {
      known = reading.read();
      byKey.put(key, known);
    }
    return known;
  }

  /** Drops the current key's copy; the next {@link #get} reads it again. */
  void forget() {
    byKey.remove(currentKey.get());
  }
}
