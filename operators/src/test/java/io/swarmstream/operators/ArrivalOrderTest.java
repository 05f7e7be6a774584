package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same contributions, in any order of arrival and at any parallelism: the same bits. */
@Execution(ExecutionMode.CONCURRENT)
class ArrivalOrderTest {
  private static final int PERMUTATIONS = 1_000;
  private static final int FEW = 100;
  private static final int ROUNDS = 50;
  private static final int SITES = 4;
  private static final int[] PARALLELISMS = {1, 2, 4};

  static Stream<Arguments> contracts() {
    return Stream.concat(
        MergeMethods.names().stream()
            .map(method -> Arguments.of(method, DeltaEncoding.FLOAT32, 0, "")),
        Stream.of(
            Arguments.of("mean", DeltaEncoding.INT8, 64, "norm=median*1"),
            Arguments.of("geomedian", DeltaEncoding.BFLOAT16, 64, "share=2/5;norm=median*1")));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aHundredOrdersAtEachParallelismMakeOneModel(
      String method, DeltaEncoding encoding, int adaptiveInterval, String limits) throws Exception {
    long first = Long.getLong("swarm.seed", 0);
    int rigs = Long.getLong("swarm.seed") == null ? FEW / ROUNDS : 1;
    play(method, encoding, adaptiveInterval, limits, first, first + rigs);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("contracts")
  void aThousandOrdersAtEachParallelismMakeOneModel(
      String method, DeltaEncoding encoding, int adaptiveInterval, String limits) throws Exception {
    play(method, encoding, adaptiveInterval, limits, 0, PERMUTATIONS / ROUNDS);
  }

  /** One rig plays many rounds, each of them one permutation; every rig plays the same ones. */
  private static void play(
      String method,
      DeltaEncoding encoding,
      int adaptiveInterval,
      String limits,
      long first,
      long end)
      throws Exception {
    // 3 chunks, the last one short.
    TestContract contract =
        TestContract.of("c", method, SITES, SITES, 30_000, 19, 8)
            .encoded(encoding)
            .adaptive(adaptiveInterval)
            .limited(limits);
    Map<Integer, List<DeltaChunk>> sent = new HashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (long seed = first; seed < end; seed++) {
      for (int parallelism : PARALLELISMS) {
        play(contract, seed, parallelism, sent, outcomes);
      }
    }
    assertThat(outcomes).as("models of %s, one each round", method).hasSize(ROUNDS);
    assertThat(outcomes.stream().map(Outcome::nextInterval).distinct().count() > 1)
        .as("the interval changes where it may")
        .isEqualTo(adaptiveInterval > 0);
  }

  /** What a round comes to, with the bits of the drift. */
  private record Outcome(Hash model, long drift, int nextInterval) {
    static Outcome of(RoundRecord record) {
      return new Outcome(
          Hash.of(record.getModelHash()),
          Double.doubleToLongBits(record.getDrift()),
          record.getNextInterval());
    }
  }

  private static void play(
      TestContract contract,
      long seed,
      int parallelism,
      Map<Integer, List<DeltaChunk>> sent,
      List<Outcome> outcomes)
      throws Exception {
    Random random = new Random(seed);
    try (SwarmRig rig = new SwarmRig(seed, parallelism, contract)) {
      for (int round = 0; round < ROUNDS; round++) {
        String replay =
            "round %d at parallelism %d; replay with -Dswarm.seed=%d"
                .formatted(round, parallelism, seed);
        int open = round;
        Hash base = round == 0 ? Hash.ZERO : outcomes.get(round - 1).model();
        List<DeltaChunk> chunks =
            new ArrayList<>(sent.computeIfAbsent(round, unused -> chunks(contract, open, base)));
        Collections.shuffle(chunks, random);
        for (DeltaChunk chunk : chunks) {
          rig.send(chunk);
          if (random.nextInt(20) == 0) {
            rig.send(chunk);
          }
          for (int steps = random.nextInt(20); steps > 0 && rig.graph().step(); steps--) {}
        }
        rig.settle();
        assertThat(rig.newestRecord(contract))
            .as(replay)
            .hasValueSatisfying(record -> assertThat(record.getRound()).isEqualTo(open));
        Outcome outcome = Outcome.of(rig.newestRecord(contract).orElseThrow());
        if (outcomes.size() == round) {
          outcomes.add(outcome);
        }
        assertThat(outcome).as(replay).isEqualTo(outcomes.get(round));
      }
      assertThat(rig.graph().stateEntries("round-window")).isZero();
    }
  }

  private static List<DeltaChunk> chunks(TestContract contract, int round, Hash base) {
    List<DeltaChunk> chunks = new ArrayList<>();
    for (int site = 0; site < SITES; site++) {
      Random values = new Random(round * 100L + site);
      float[] delta = contract.constant(0);
      for (int i = 0; i < delta.length; i++) {
        // Of sizes so far apart that another order of adding shows.
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
