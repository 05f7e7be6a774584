package io.swarmstream.benchmarks;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The Merkle leaf of a full chunk's payload, which sites, the job and readers compute. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashKernels {
  /** Payloads of one round; they take turns and come from more memory than a cache holds. */
  @State(Scope.Thread)
  public static class Payloads {
    private static final int COUNT = 128;

    /** How payloads are hashed. */
    @Param({"BLAKE3", "SHA_256"})
    PayloadHash hash = PayloadHash.BLAKE3;

    private final byte[][] payloads = new byte[COUNT][];
    private int at;

    /** Generates the payloads. */
    @Setup(Level.Trial)
    public void fill() {
      SplittableRandom random = new SplittableRandom(COUNT);
      for (int i = 0; i < COUNT; i++) {
        payloads[i] = new byte[ChunkLayout.MAX_CHUNK_VALUES * Float.BYTES];
        random.nextBytes(payloads[i]);
      }
    }

    byte[] next() {
      at = (at + 1) % COUNT;
      return payloads[at];
    }
  }

  /** Hashes a payload. */
  @Benchmark
  public Hash payload(Payloads payloads) {
    return payloads.hash.leaf(payloads.next());
  }
}
