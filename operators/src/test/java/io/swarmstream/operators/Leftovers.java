package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.testkit.TestContract;
import java.util.List;

/** Asserts that the graph holds between rounds what it needs for the next, and nothing else. */
final class Leftovers {
  /**
   * Of each contract: terms, block, log index, round, fence in force, and the map of enrolled
   * sites.
   */
  private static final int COORDINATOR_ENTRIES = 6;

  /** Of each chunk of the newest model: how it came to be. */
  static final int MODEL_ENTRIES = 1;

  /** Of each contract with a sealed round: the newest record's bytes and its round. */
  static final int SEAL_ENTRIES = 2;

  private Leftovers() {}

  /**
   * All contracts' sites are live, have said nothing of joining or leaving, and no contribution has
   * begun.
   */
  static void assertNone(SwarmRig rig, TestContract... contracts) throws Exception {
    rig.advance(1_000); // notices go out
    GraphRig graph = rig.graph();
    int chunks = 0;
    int sealedContracts = 0;
    for (TestContract contract : contracts) {
      if (!rig.records(contract).isEmpty()) {
        chunks += contract.terms().chunks().chunkCount();
        sealedContracts++;
      }
    }
    for (String uid : List.of("round-window", "solve-coefficients")) {
      assertThat(graph.stateEntries(uid)).as("state of " + uid).isZero();
    }
    assertThat(graph.stateEntries("update-model"))
        .as("model chunks")
        .isEqualTo(MODEL_ENTRIES * chunks);
    assertThat(graph.stateEntries("seal"))
        .as("newest records")
        .isEqualTo(SEAL_ENTRIES * sealedContracts);
    assertThat(graph.stateEntries("coordinate"))
        .as("state of the coordinators")
        .isEqualTo(COORDINATOR_ENTRIES * contracts.length);
    for (String uid : List.of("round-window", "solve-coefficients", "seal", "update-model")) {
      assertThat(graph.timers(uid)).as("timers of " + uid).isZero();
    }
    // Each open round repeats its notice.
    assertThat(graph.timers("coordinate"))
        .as("timers of the coordinators")
        .isEqualTo(contracts.length);
  }
}
