package io.swarmstream.verification.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.testkit.MemoryLog;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StepModelTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 1, 1000);
  private static final TestContract ITERATING = TestContract.of("c", "geomedian", 2, 1, 1000);

  private static final TestContract MOMENTUM = CONTRACT.optimized("momentum:momentum=0.5");

  private static final MemoryLog LOG = new MemoryLog();

  private static ReplayPlan plan(TestContract contract, long first, long last, Set<Long> bases) {
    List<RoundHead> rounds =
        LongStream.rangeClosed(first, last)
            .mapToObj(
                round ->
                    new RoundHead(
                        contract.terms(),
                        round,
                        Hash.ZERO.hex(),
                        List.of(),
                        List.of(),
                        "all-live",
                        1,
                        2,
                        null))
            .toList();
    return new ReplayPlan(contract.terms(), rounds, Map.of(), bases, ReplayPlan.NONE);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          ChunkKey, GatheredRound, StepSignal, ReplayNews>
      open(ReplayPlan plan) throws Exception {
    // Nothing in memory: each delta is read from the log.
    PayloadAccess payloads = new PayloadAccess(reader -> LOG, 0);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new StepModel(plan, payloads)),
            GatheredRound::key,
            StepSignal::key,
            TypeInformation.of(ChunkKey.class));
    harness.open();
    return harness;
  }

  private static StreamRecord<GatheredRound> merged(long round, float value) {
    return gathered("mean", round, value);
  }

  /** A replayed chunk, by its round and hash. */
  private record Made(long round, String hash) {}

  private static Made made(long round, float value) {
    return new Made(round, PayloadHash.BLAKE3.leaf(MemoryLog.payload(value)).hex());
  }

  private static List<Made> made(
      KeyedTwoInputStreamOperatorTestHarness<ChunkKey, GatheredRound, StepSignal, ReplayNews>
          harness) {
    return harness.extractOutputValues().stream()
        .map(news -> new Made(news.round(), Objects.requireNonNull(news.made()).hash()))
        .toList();
  }

  @Test
  void makesRoundsInTheirOrderWhateverTheOrderOfTheirDeltas() throws Exception {
    try (var harness = open(plan(CONTRACT, 0, 2, Set.of()))) {
      harness.processElement1(merged(2, 4));
      harness.processElement1(merged(1, 2));
      assertThat(made(harness)).isEmpty();
      harness.processElement1(merged(0, 1));
      assertThat(made(harness)).containsExactly(made(0, 1), made(1, 3), made(2, 7));
    }
  }

  @Test
  void startsFromAPublishedModelThatComesBeforeTheDelta() throws Exception {
    try (var harness = open(plan(CONTRACT, 3, 3, Set.of(2L)))) {
      harness.processElement2(
          new StreamRecord<>(StepSignal.base("c", 1, 2, StepSignal.MODEL, MemoryLog.payload(10))));
      harness.processElement1(merged(3, 1));
      assertThat(made(harness)).containsExactly(made(3, 11));
    }
  }

  @Test
  void startsFromAPublishedModelThatComesBehindTheDelta() throws Exception {
    try (var harness = open(plan(CONTRACT, 3, 3, Set.of(2L)))) {
      harness.processElement1(merged(3, 1));
      harness.processElement2(
          new StreamRecord<>(StepSignal.base("c", 1, 2, StepSignal.MODEL, MemoryLog.payload(10))));
      assertThat(made(harness)).containsExactly(made(3, 11));
    }
  }

  @Test
  void goesOnBehindAGapAtTheEndOfTheLog() throws Exception {
    try (var harness = open(plan(CONTRACT, 0, 3, Set.of(1L)))) {
      harness.processElement1(merged(0, 1));
      harness.processElement1(merged(3, 1));
      harness.processElement1(merged(2, 1));
      harness.processElement2(
          new StreamRecord<>(StepSignal.base("c", 1, 1, StepSignal.MODEL, MemoryLog.payload(10))));
      assertThat(made(harness)).containsExactly(made(0, 1));
      harness.processBothWatermarks(Watermark.MAX_WATERMARK);
      assertThat(made(harness)).containsExactly(made(0, 1), made(2, 11), made(3, 12));
    }
  }

  @Test
  void sumsTheDeltasOfSeveralRoundsByTheirOwnCoefficients() throws Exception {
    try (var harness = open(plan(ITERATING, 0, 1, Set.of()))) {
      harness.processElement1(gathered("geomedian", 0, 1, 3));
      harness.processElement2(
          new StreamRecord<>(new StepSignal("c", 1, 1, new double[] {1, 0.5}, null, null, -1)));
      harness.processElement1(gathered("geomedian", 1, 2, 8));
      assertThat(made(harness)).isEmpty();
      harness.processElement2(
          new StreamRecord<>(new StepSignal("c", 1, 0, new double[] {0.5, 0.5}, null, null, -1)));
      assertThat(made(harness)).containsExactly(made(0, 2), made(1, 8));
    }
  }

  private static StreamRecord<GatheredRound> optimized(long round, float value) {
    return gathered(MOMENTUM.terms().optimizer(), "mean", round, value);
  }

  /** With lr 1 and momentum 0.5: the steps after round 0 are 2 and 5. */
  @Test
  void makesTheStepsOfTheOptimizerAnew() throws Exception {
    try (var harness = open(plan(MOMENTUM, 0, 2, Set.of()))) {
      harness.processElement1(optimized(2, 4));
      harness.processElement1(optimized(1, 2));
      harness.processElement1(optimized(0, 1));
      assertThat(made(harness)).containsExactly(made(0, 1), made(1, 3), made(2, 8));
      assertThat(harness.extractOutputValues())
          .extracting(news -> Objects.requireNonNull(news.made()).state())
          .containsExactly(
              null, new String[] {made(1, 2).hash()}, new String[] {made(2, 5).hash()});
    }
  }

  @Test
  void startsFromAPublishedModelOnceTheOptimizersStateIsThere() throws Exception {
    try (var harness = open(plan(MOMENTUM, 3, 3, Set.of(2L)))) {
      harness.processElement1(optimized(3, 1));
      harness.processElement2(
          new StreamRecord<>(StepSignal.base("c", 1, 2, StepSignal.MODEL, MemoryLog.payload(10))));
      assertThat(made(harness)).isEmpty();
      harness.processElement2(
          new StreamRecord<>(StepSignal.base("c", 1, 2, 0, MemoryLog.payload(8))));
      assertThat(made(harness)).containsExactly(made(3, 15));
    }
  }

  /** Appends a delta for each value to the log; together they are a round, with equal weights. */
  private static StreamRecord<GatheredRound> gathered(String method, long round, float... values) {
    return gathered(Optimizer.NONE, method, round, values);
  }

  private static StreamRecord<GatheredRound> gathered(
      Optimizer optimizer, String method, long round, float... values) {
    List<GatheredDelta> gathered = new ArrayList<>();
    for (float value : values) {
      gathered.add(
          new GatheredDelta(
              new ChunkRef(0, LOG.append(value)),
              PayloadHash.BLAKE3.leaf(MemoryLog.payload(value)).hex(),
              1));
    }
    return new StreamRecord<>(
        new GatheredRound(
            "c",
            1,
            3,
            round,
            method,
            Encoding.FLOAT32,
            false,
            gathered,
            Limits.NONE,
            PayloadHash.BLAKE3,
            optimizer,
            null));
  }
}
