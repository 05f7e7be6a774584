package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.operators.rig.RigWorld;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.testkit.misfortune.Play;
import io.swarmstream.testkit.misfortune.Scenario;
import io.swarmstream.testkit.misfortune.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guarantees hold in scenarios of everything that can go wrong.
 *
 * <p>{@code -Dswarm.seed=7} plays one scenario again, {@code -Dswarm.scenarios=10000} that many;
 * {@code -Dswarm.first=1000} begins at another seed than 0.
 */
@Execution(ExecutionMode.CONCURRENT)
class MisfortuneTest {
  /** How many are played when nobody asks for others: the first few at once, the rest later. */
  private static final int FEW = 10;

  private static final int SCENARIOS = 100;

  /**
   * All that depends on the encoding is what a payload holds, so one lossy encoding will do, whose
   * contracts are adaptive, too, and one that round 0 does not use.
   */
  @ParameterizedTest
  @ValueSource(strings = {"float32", "int8", "topk:20"})
  void noMisfortuneBreaksAGuarantee(DeltaEncoding encoding) throws Exception {
    Long only = Long.getLong("swarm.seed");
    long first = only == null ? Long.getLong("swarm.first", 0) : only;
    long count = only == null ? Long.getLong("swarm.scenarios", FEW) : 1;
    play(encoding, first, first + count);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"float32", "int8", "topk:20"})
  void noneOfManyMisfortunesBreaksAGuarantee(DeltaEncoding encoding) throws Exception {
    play(encoding, FEW, SCENARIOS);
  }

  /** Each seed has another optimizer; the encoding is another matter. */
  @Test
  void noMisfortuneConfusesAnOptimizer() throws Exception {
    Long only = Long.getLong("swarm.seed");
    long first = only == null ? Long.getLong("swarm.first", 0) : only;
    playOptimized(first, first + (only == null ? Long.getLong("swarm.scenarios", FEW) : 1));
  }

  @Tag("slow")
  @Test
  void noneOfManyMisfortunesConfusesAnOptimizer() throws Exception {
    playOptimized(FEW, SCENARIOS);
  }

  private static void playOptimized(long first, long end) throws Exception {
    List<String> optimizers = List.of("adam", "nesterov", "yogi", "adagrad", "momentum:lr=0.5");
    for (long seed = first; seed < end; seed++) {
      play(Scenarios.of(seed).optimized(optimizers.get((int) (seed % optimizers.size()))));
    }
  }

  private static void play(DeltaEncoding encoding, long first, long end) throws Exception {
    for (long seed = first; seed < end; seed++) {
      if (encoding.isSparse()
          && !MergeMethods.named(Scenarios.of(seed).contract().terms().method()).mergesSparse()) {
        continue; // the job does not serve it
      }
      play(
          Scenarios.of(seed)
              .encoded(encoding)
              .adaptive(encoding.equals(DeltaEncoding.INT8) ? 64 : 0));
    }
  }

  private static void play(Scenario scenario) throws Exception {
    Play.of(
        scenario,
        RigWorld::make,
        world ->
            assertNothingLeft(
                ((RigWorld) world).rig(), scenario.contract().terms().chunks().chunkCount()));
  }

  private static void assertNothingLeft(GraphRig graph, int chunks) {
    for (String uid : List.of("round-window", "solve-coefficients")) {
      assertThat(graph.stateEntries(uid)).as("state of " + uid).isZero();
    }
    assertThat(graph.stateEntries("update-model"))
        .as("model chunks")
        .isEqualTo(Leftovers.MODEL_ENTRIES * chunks);
    assertThat(graph.stateEntries("seal")).as("newest record").isEqualTo(Leftovers.SEAL_ENTRIES);
    // Terms, block, log index, round, fence, and the maps of enrolled sites and of their words.
    assertThat(graph.stateEntries("coordinate")).as("state of the coordinator").isEqualTo(7);
    for (String uid : List.of("round-window", "solve-coefficients", "seal", "update-model")) {
      assertThat(graph.timers(uid)).as("timers of " + uid).isZero();
    }
    assertThat(graph.timers("coordinate")).as("timers of the coordinator").isEqualTo(1);
  }
}
