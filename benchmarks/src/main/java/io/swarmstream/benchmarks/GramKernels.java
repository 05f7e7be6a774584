package io.swarmstream.benchmarks;

import io.swarmstream.merge.Gram;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.GramSolution;
import io.swarmstream.merge.MergeMethods;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Methods that merge in two passes: each pass over a chunk, and the solutions between them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GramKernels {
  private static final GramMerge GEOMEDIAN = named("geomedian");
  private static final GramMerge MULTIKRUM = named("multikrum:1");
  private static final GramMerge MIXED = named("nnm+trimmedmean:1");

  private static GramMerge named(String specification) {
    return (GramMerge) MergeMethods.named(specification);
  }

  /** A round's matrix, and the inputs of the second pass. */
  @State(Scope.Thread)
  public static class Round {
    double[] gram = {};
    double[] coefficients = {};
    double[] neighbours = {};

    /** Computes the solutions once. */
    @Setup(Level.Trial)
    public void solve(Chunk chunk) {
      gram = Gram.ofChunk(chunk.rows(), chunk.counted);
      coefficients = GEOMEDIAN.solve(gram, chunk.counted).coefficients();
      neighbours = MIXED.solve(gram, chunk.equal).coefficients();
    }
  }

  /** The first pass, which all these methods share. */
  @Benchmark
  public double[] gramPass(Chunk chunk) {
    return Gram.ofChunk(chunk.rows(), chunk.counted);
  }

  /** Once per round: the geometric median, in as many dimensions as there are sites. */
  @Benchmark
  public GramSolution geomedianSolve(Chunk chunk, Round round) {
    return GEOMEDIAN.solve(round.gram, chunk.counted);
  }

  /** Once per round: the selection of sites that multi-Krum keeps. */
  @Benchmark
  public GramSolution multikrumSolve(Chunk chunk, Round round) {
    return MULTIKRUM.solve(round.gram, chunk.counted);
  }

  /** The second pass of the geometric median and of multi-Krum. */
  @Benchmark
  public float[] weightedSum(Chunk chunk, Round round) {
    GEOMEDIAN.apply(chunk.rows(), chunk.counted, round.coefficients, chunk.out);
    return chunk.out;
  }

  /** The second pass that mixes nearest neighbours before a trimmed mean. */
  @Benchmark
  public float[] mixedTrimmedmean(Chunk chunk, Round round) {
    MIXED.apply(chunk.rows(), chunk.equal, round.neighbours, chunk.out);
    return chunk.out;
  }
}
