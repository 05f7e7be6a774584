package io.swarmstream.lab.bench.kernels;

import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * How fast one core hashes payloads of full chunks. Measures the thread's CPU time and keeps the
 * best turn, so that other load on the machine changes little.
 */
final class HashSpeed {
  private static final int PAYLOAD_BYTES = ChunkLayout.MAX_CHUNK_VALUES * Float.BYTES;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final byte[] payload = new byte[PAYLOAD_BYTES];

  /** Takes the results, so that the compiler leaves nothing out. */
  volatile int sink;

  private HashSpeed() {
    new Random(1).nextBytes(payload);
  }

  /** Returns GB/s by the payload hash's code. */
  static Map<String, Double> measure(int turns, KernelsPace pace) {
    HashSpeed speed = new HashSpeed();
    Map<String, Double> gigabytesPerSecond = new LinkedHashMap<>();
    for (PayloadHash hash : PayloadHash.values()) {
      double best = 0;
      speed.turn(hash, pace.warmUpMillis());
      for (int turn = 0; turn < turns; turn++) {
        best = Math.max(best, speed.turn(hash, pace.turnMillis()));
      }
      gigabytesPerSecond.put(hash.code(), best);
    }
    return gigabytesPerSecond;
  }

  private double turn(PayloadHash hash, double millis) {
    long began = THREADS.getCurrentThreadCpuTime();
    long bytes = 0;
    long taken = 0;
    while (taken < millis * 1e6 || taken == 0) {
      sink = hash.leaf(payload).hashCode();
      bytes += PAYLOAD_BYTES;
      taken = THREADS.getCurrentThreadCpuTime() - began;
    }
    return (double) bytes / taken;
  }
}
