package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameBitsTest {
  private static final int RUNS = 8;
  private static final int ROUNDS = 4;
  private static final int SITES = 5;

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void comeFromTheSameContributionsInAnyOrderWithDuplicatesCrashesAndRescaling(String method)
      throws Exception {
    TestContract contract = TestContract.of("c", method, SITES, SITES, 30_000, 37, 8);
    Set<Hash> models = new HashSet<>();
    Set<Object> figures = new HashSet<>();
    Map<Hash, List<DeltaChunk>> signed = new HashMap<>(); // by base; signing is slow
    for (long seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      try (SwarmRig rig = new SwarmRig(seed, contract)) {
        for (int round = 0; round < ROUNDS; round++) {
          int open = round;
          List<DeltaChunk> chunks =
              new ArrayList<>(
                  signed.computeIfAbsent(rig.base(contract), base -> chunks(contract, open, base)));
          Collections.shuffle(chunks, random);
          for (DeltaChunk chunk : chunks) {
            rig.send(chunk);
            if (random.nextInt(10) == 0) {
              rig.send(chunk);
            }
            for (int steps = random.nextInt(20); steps > 0 && rig.graph().step(); steps--) {}
            if (random.nextInt(80) == 0) {
              rig.checkpointAndCrash(1 << random.nextInt(3)); // rescales
            }
          }
          rig.settle();
          assertThat(rig.records(contract)).as("seed " + seed).hasSize(round + 1);
        }
        models.add(rig.base(contract));
        figures.add(
            rig.records(contract).stream()
                .map(in -> List.of(in.getNorms(), in.getCosines(), in.getMergedNorm()))
                .toList());
        rig.advance(1_000);
        assertThat(rig.graph().stateEntries("round-window")).as("seed " + seed).isZero();
      }
    }
    assertThat(models).hasSize(1);
    assertThat(figures).hasSize(1);
  }

  private static List<DeltaChunk> chunks(TestContract contract, int round, Hash base) {
    List<DeltaChunk> chunks = new ArrayList<>();
    for (int site = 0; site < SITES; site++) {
      Random values = new Random(round * 100L + site);
      float[] delta = contract.constant(0);
      for (int i = 0; i < delta.length; i++) {
        delta[i] = (float) (values.nextGaussian() * Math.pow(10, values.nextInt(6)));
      }
      Contribution contribution =
          contract.contribution(
              site, round, base, TestContract.header(1 + values.nextInt(5)), delta);
      for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
        chunks.add(contribution.chunk(chunk));
      }
    }
    return chunks;
  }
}
