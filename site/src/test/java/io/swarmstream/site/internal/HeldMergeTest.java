package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldMergeTest {
  private final HeldModel place = HeldModel.make(2, Optional.empty());
  private HeldMerge merged;

  @BeforeEach
  void mergeIntoThePlace() throws Exception {
    place.accept(0, 0, ByteBuffer.wrap(FloatCodec.encode(new float[] {1, 2})));
    merged =
        new HeldMerge(
            TestContract.of("demo", "mean", 1, 1, 0, 2, 2).terms(),
            new BaseModel.Received(
                PublishedRound.of(WireFormat.ROUND_RECORD.encode(record())), place),
            true,
            true,
            Optional.empty(),
            null);
  }

  private static RoundRecord record() {
    return RoundRecord.newBuilder()
        .setContract("demo")
        .setTermsHash(Hash.ZERO.toAvro())
        .setRound(4)
        .setMethod("mean")
        .setParticipants(List.of())
        .setLeftOut(List.of())
        .setClosedBy("all-live")
        .setBaseHash(Hash.ZERO.toAvro())
        .setModelHash(Hash.ZERO.toAvro())
        .setParameterCount(2)
        .setChunkCount(1)
        .setMeanLoss(0.5)
        .setIterations(0)
        .setGap(0)
        .setOpenedAtMs(1)
        .setClosedAtMs(2)
        .build();
  }

  @Test
  void givesItsWeights() {
    float[] values = new float[1];
    merged.vector().read(1, values, 1);
    assertThat(values).containsExactly(2);
    assertThat(merged.weights()).containsExactly(1, 2);
  }

  @Test
  void isNotReadAnyMoreWhereALaterModelMayBe() {
    assertThat(merged.giveUp()).isSameAs(place);
    place.accept(0, 0, ByteBuffer.wrap(FloatCodec.encode(new float[] {3, 4})));
    assertThatThrownBy(() -> merged.vector().read(0, new float[1], 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("round 4");
    assertThatThrownBy(merged::weights).isInstanceOf(UncheckedIOException.class);
  }

  /** The third value of the model is the logarithm of the clip. */
  @Test
  void keepsAnAdaptiveClipFromTheTrainer() throws Exception {
    HeldModel whole = HeldModel.make(3, Optional.empty());
    whole.accept(0, 0, ByteBuffer.wrap(FloatCodec.encode(new float[] {1, 2, 0.5f})));
    HeldMerge adaptive =
        new HeldMerge(
            TestContract.of("demo", "mean", 1, 1, 0, 3, 3)
                .withPrivacy("dp(clip=4,noise=0,quantile=0.5)")
                .terms(),
            new BaseModel.Received(
                PublishedRound.of(
                    WireFormat.ROUND_RECORD.encode(
                        RoundRecord.newBuilder(record()).setParameterCount(3).build())),
                whole),
            true,
            true,
            Optional.empty(),
            null);

    assertThat(adaptive.weights()).containsExactly(1, 2);
    assertThat(adaptive.summary().parameterCount()).isEqualTo(2);
    assertThat(adaptive.logClip()).isEqualTo(0.5f);
    assertThat(adaptive.clip())
        .hasValueSatisfying(clip -> assertThat(clip).isCloseTo(4 * Math.exp(0.5), within(1e-9)));
    assertThat(merged.clip()).isEmpty();
  }
}
