package io.swarmstream.benchmarks;

import io.swarmstream.merge.Agreement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What a round record says of each delta, beside the merge. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AgreementKernel {
  /** Lengths and directions of a chunk's deltas. */
  @Benchmark
  public double[] agreement(Chunk chunk) {
    return Agreement.sums(chunk.rows(), chunk.out);
  }
}
