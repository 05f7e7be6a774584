package io.swarmstream.benchmarks;

import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.MergeMethods;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Methods that merge a chunk in one pass. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoordinateKernels {
  private static final CoordinateMerge MEAN = named("mean");
  private static final CoordinateMerge COORDMEDIAN = named("coordmedian");
  private static final CoordinateMerge TRIMMEDMEAN = named("trimmedmean:1");

  private static CoordinateMerge named(String specification) {
    return (CoordinateMerge) MergeMethods.named(specification);
  }

  /** The weighted mean. */
  @Benchmark
  public float[] mean(Chunk chunk) {
    MEAN.merge(chunk.rows(), chunk.counted, chunk.out);
    return chunk.out;
  }

  /** The median of sites with equal weights. */
  @Benchmark
  public float[] coordmedian(Chunk chunk) {
    COORDMEDIAN.merge(chunk.rows(), chunk.equal, chunk.out);
    return chunk.out;
  }

  /** The median of sites with different weights, which uses another algorithm. */
  @Benchmark
  public float[] coordmedianWeighted(Chunk chunk) {
    COORDMEDIAN.merge(chunk.rows(), chunk.counted, chunk.out);
    return chunk.out;
  }

  /** The mean without the lowest and the highest value. */
  @Benchmark
  public float[] trimmedmean(Chunk chunk) {
    TRIMMEDMEAN.merge(chunk.rows(), chunk.equal, chunk.out);
    return chunk.out;
  }
}
