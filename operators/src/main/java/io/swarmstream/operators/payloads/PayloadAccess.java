package io.swarmstream.operators.payloads;

import io.swarmstream.schemas.wire.RecordLog;
import java.io.Serializable;

/**
 * How the functions of the graph read payloads.
 *
 * @param log where payloads stand for good
 * @param heapShare how much of each JVM's heap may hold those seen last, 0 to less than 1
 */
public record PayloadAccess(RecordLog.Opener log, double heapShare) implements Serializable {
  /** A quarter of the heap: what a merge itself needs is a chunk of each site, for each slot. */
  public static final double HEAP_SHARE = 0.25;

  public PayloadAccess {
    if (!(heapShare >= 0 && heapShare < 1)) {
      throw new IllegalArgumentException(
          "heapShare is " + heapShare + "; set it to at least 0 and less than 1");
    }
  }

  /** With the default share of the heap. */
  public static PayloadAccess of(RecordLog.Opener log) {
    return new PayloadAccess(log, HEAP_SHARE);
  }

  /** This JVM's cache. */
  public PayloadCache cache() {
    return PayloadCache.shared((long) (Runtime.getRuntime().maxMemory() * heapShare));
  }

  /** Opens a reader for one subtask, which closes it. */
  public PayloadReader reader(String name) {
    return new PayloadReader(cache(), log.open(name));
  }
}
