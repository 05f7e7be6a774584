package io.swarmstream.operators.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.MemoryLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the base model comes from, with no memory for payloads: all is read from the log. */
class MergeRoundTest {
  private final MemoryLog log = new MemoryLog();
  private Optimizer optimizer = Optimizer.NONE;
  private KeyedTwoInputStreamOperatorTestHarness<
          ChunkKey, GatheredRound, ModelSignal, OutboundRecord>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void addsToTheModelInTheLog() throws Exception {
    log.publish(merge(0, 1));
    log.publish(merge(1, 2));

    assertThat(valuesOf(merge(2, 4))).isEqualTo(MemoryLog.payload(7));
  }

  @Test
  void makesTheModelAgainThatNeverCameToTheLog() throws Exception {
    log.publish(merge(0, 1));
    merge(1, 2);

    assertThat(valuesOf(merge(2, 4))).isEqualTo(MemoryLog.payload(7));
  }

  /** This attempt's copies are still on their way. */
  @Test
  void findsWhatAnAttemptBeforeHasPublished() throws Exception {
    harness.setProcessingTime(1_000);
    OutboundRecord first = merge(0, 1);
    log.publish(new OutboundRecord(first.topic(), first.key(), first.value(), 500L));
    merge(1, 2);

    assertThat(valuesOf(merge(2, 4))).isEqualTo(MemoryLog.payload(7));
  }

  @Test
  void makesItAgainWithTheCoefficientsThatItWasMadeWith() throws Exception {
    harness.processElement1(gathered("geomedian", 0, 1, 3));
    OutboundRecord first = solved(0, 0.75, 0.25);

    assertThat(again(0)).isEqualTo(first);
    harness.processElement1(gathered("geomedian", 1, 8, 16));
    assertThat(valuesOf(solved(1, 0.5, 0.5))).isEqualTo(MemoryLog.payload(13.5f));
  }

  @Test
  void publishesAgainFromTheLogAndWithoutIt() throws Exception {
    log.publish(merge(0, 1));
    OutboundRecord second = merge(1, 2);

    assertThat(again(1)).isEqualTo(second);
    log.publish(second);
    assertThat(again(1)).isEqualTo(second);
  }

  @Test
  void takesNothingForTheModelThatIsAnother() throws Exception {
    OutboundRecord first = merge(0, 1);
    ModelChunk other =
        ModelChunk.newBuilder(WireFormat.MODEL_CHUNK.decode(first.value()))
            .setPayload(ByteBuffer.wrap(MemoryLog.payload(100)))
            .build();
    log.publish(with(first, WireFormat.MODEL_CHUNK.encode(other)));
    log.publish(with(first, new byte[] {1, 2, 3}));

    assertThat(valuesOf(merge(1, 2))).isEqualTo(MemoryLog.payload(3));
  }

  @Test
  void findsTheLaterOfTwoModelsWhenTheClockStandsStill() throws Exception {
    OutboundRecord first = merge(0, 1);
    OutboundRecord second = merge(1, 2);

    assertThat(second.timestampMs()).isGreaterThan(first.timestampMs());
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    log.publish(merge(0, 1));
    OutboundRecord lost = merge(1, 2);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(state);
    harness.open();

    assertThat(again(1)).isEqualTo(lost);
    assertThat(valuesOf(merge(2, 4))).isEqualTo(MemoryLog.payload(7));
  }

  @Test
  void failsWhenTheModelsAreGone() throws Exception {
    log.publish(merge(0, 1));
    log.publish(merge(1, 2));
    log.unpublishAll();

    assertThatThrownBy(() -> merge(2, 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topic c.models holds chunk 1 neither of round 1 nor of round 0");
  }

  /** With lr 1 and momentum 0.5: the steps after round 0 are 2, 5 and 10.5. */
  @Test
  void addsTheStepThatTheOptimizerMakes() throws Exception {
    optimizer = Optimizer.of("momentum:momentum=0.5");
    all(0, 1).forEach(log::publish);
    all(1, 2).forEach(log::publish);
    all(2, 4).forEach(log::publish);
    List<OutboundRecord> fourth = all(3, 8);

    assertThat(fourth).extracting(OutboundRecord::topic).containsExactly("c.models", "c.optimizer");
    assertThat(valuesOf(fourth.get(0))).isEqualTo(MemoryLog.payload(1 + 2 + 5 + 10.5f));
    assertThat(valuesOf(fourth.get(1))).isEqualTo(MemoryLog.payload(10.5f));
    assertThat(fourth).extracting(OutboundRecord::key).containsExactly("1/3", "1/3");
  }

  @Test
  void hasNoOptimizerInRound0() throws Exception {
    optimizer = Optimizer.of("adam");

    List<OutboundRecord> first = all(0, 1);
    assertThat(first).extracting(OutboundRecord::topic).containsExactly("c.models");
    first.forEach(log::publish);
    List<OutboundRecord> second = all(1, 1);
    assertThat(second)
        .extracting(OutboundRecord::topic)
        .containsExactly("c.models", "c.optimizer", "c.optimizer");
    assertThat(second).extracting(OutboundRecord::key).containsExactly("1/1", "1/1", "4/1");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void makesAgainWhatNeverCameToTheLog(boolean model, boolean state) throws Exception {
    optimizer = Optimizer.of("nesterov");
    List<List<OutboundRecord>> undisturbed = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      undisturbed.add(all(round, round + 1));
      undisturbed.get(round).forEach(log::publish);
    }
    log.unpublishAll();
    harness.close();
    open();
    all(0, 1).forEach(log::publish);
    all(1, 2).forEach(log::publish);
    List<OutboundRecord> lost = all(2, 3);
    lost.stream()
        .filter(record -> record.topic().equals("c.models") ? model : state)
        .forEach(log::publish);

    List<OutboundRecord> again = since(() -> again(2));
    assertThat(again).isEqualTo(lost);
    assertThat(values(again)).isEqualTo(values(undisturbed.get(2)));
    assertThat(values(all(3, 4))).isEqualTo(values(undisturbed.get(3)));
  }

  @Test
  void failsWhenTheOptimizersStateIsGone() throws Exception {
    optimizer = Optimizer.of("momentum");
    List<OutboundRecord> models = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      List<OutboundRecord> published = all(round, 2);
      published.forEach(log::publish);
      models.add(published.get(0));
    }
    log.unpublishAll();
    models.forEach(log::publish);

    assertThatThrownBy(() -> all(3, 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topic c.optimizer holds chunk 1 neither of round 2 nor of round 1");
  }

  @Test
  void addsToNoModelButTheOneBefore() throws Exception {
    assertThatThrownBy(() -> merge(1, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("round 1")
        .hasMessageContaining("another version of the job");
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          ChunkKey, GatheredRound, ModelSignal, OutboundRecord>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new MergeRound(new PayloadAccess(reader -> log, 0))),
        GatheredRound::key,
        ModelSignal::key,
        TypeInformation.of(ChunkKey.class));
  }

  private OutboundRecord merge(long round, float value) throws Exception {
    harness.processElement1(gathered("mean", round, value));
    return newest();
  }

  /** All records of a round, those of the optimizer's state behind that of the model. */
  private List<OutboundRecord> all(long round, float value) throws Exception {
    return since(() -> merge(round, value));
  }

  private List<OutboundRecord> since(Callable<OutboundRecord> what) throws Exception {
    int before = harness.extractOutputValues().size();
    var unused = what.call();
    List<OutboundRecord> records = harness.extractOutputValues();
    return List.copyOf(records.subList(before, records.size()));
  }

  private OutboundRecord solved(long round, double... coefficients) throws Exception {
    harness.processElement2(
        new StreamRecord<>(new ModelSignal("c", 1, 3, round, coefficients, null)));
    return newest();
  }

  private OutboundRecord again(long round) throws Exception {
    harness.processElement2(new StreamRecord<>(ModelSignal.again("c", 1, 3, round)));
    return newest();
  }

  private OutboundRecord newest() {
    List<OutboundRecord> records = harness.extractOutputValues();
    return records.get(records.size() - 1);
  }

  private static List<String> values(List<OutboundRecord> records) {
    return records.stream().map(MergeRoundTest::valuesOf).map(Arrays::toString).toList();
  }

  private static byte[] valuesOf(OutboundRecord record) {
    try {
      return AvroBytes.of(WireFormat.MODEL_CHUNK.decode(record.value()).getPayload());
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static OutboundRecord with(OutboundRecord like, byte[] value) {
    return new OutboundRecord(like.topic(), like.key(), value, like.timestampMs());
  }

  /** Appends a delta for each value to the log; together they are a round, with equal weights. */
  private StreamRecord<GatheredRound> gathered(String method, long round, float... values) {
    List<GatheredDelta> gathered = new ArrayList<>();
    for (float value : values) {
      gathered.add(
          new GatheredDelta(
              new ChunkRef(0, log.append(value)),
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
