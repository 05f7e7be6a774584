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
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.MemoryLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the base model comes from, with no memory for payloads: all is read from the log. */
class MergeRoundTest {
  private final MemoryLog log = new MemoryLog();
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

  private static byte[] valuesOf(OutboundRecord record) throws Exception {
    return AvroBytes.of(WireFormat.MODEL_CHUNK.decode(record.value()).getPayload());
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
            PayloadHash.BLAKE3));
  }
}
