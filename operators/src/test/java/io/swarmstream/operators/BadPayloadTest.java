package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.testkit.Spoiled;
import io.swarmstream.testkit.TestContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that are not what the contract's encoding says, each rightly signed. */
class BadPayloadTest {
  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8", "int4", "topk:1"})
  void ofAnotherEncodingIsRefusedNamingBoth(DeltaEncoding other) throws Exception {
    DeltaEncoding asked =
        other.equals(DeltaEncoding.INT8) ? DeltaEncoding.FLOAT16 : DeltaEncoding.INT8;
    TestContract contract = contract(asked);
    // The terms are the contract's: the site has read them and not heeded them.
    float[] values = new float[contract.terms().chunks().length(0)];
    DeltaChunk chunk = Spoiled.withPayload(contract, 0, 0, Hash.ZERO, other.encode(values));
    chunk =
        Spoiled.signed(contract, 0, DeltaChunk.newBuilder(chunk).setEncoding(other.code()).build());

    assertRefused(
        contract,
        chunk,
        RejectionReason.WRONG_ENCODING,
        "encoding",
        "encoding is \""
            + other.code()
            + "\", contract c requires "
            + asked.code()
            + " in round 0");
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        new Arguments(DeltaEncoding.FLOAT16, 7, "4 float16 values have 8"),
        new Arguments(DeltaEncoding.FLOAT16, 16, "4 float16 values have 8"),
        new Arguments(DeltaEncoding.BFLOAT16, 6, "4 bfloat16 values have 8"),
        new Arguments(DeltaEncoding.INT8, 0, "4 int8 values have 8"),
        new Arguments(DeltaEncoding.INT8, 3, "4 int8 values have 8"),
        new Arguments(DeltaEncoding.INT8, 9, "4 int8 values have 8"),
        new Arguments(DeltaEncoding.INT8, 1 << 20, "4 int8 values have 8"),
        new Arguments(DeltaEncoding.INT4, 3, "4 int4 values have 4"),
        new Arguments(DeltaEncoding.topk(100), 11, "4 float32 values have 16"));
  }

  private record Arguments(DeltaEncoding encoding, int bytes, String message) {}

  @ParameterizedTest
  @MethodSource("lengths")
  void ofAnotherLengthIsRefused(Arguments bad) throws Exception {
    TestContract contract = contract(bad.encoding());

    assertRefused(
        contract,
        Spoiled.withPayload(contract, 0, 0, Hash.ZERO, new byte[bad.bytes()]),
        RejectionReason.WRONG_LAYOUT,
        "payload",
        "chunk 0 has " + bad.bytes() + " bytes, " + bad.message());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1, -0f, 1e37f})
  void withAScaleThatIsNoneIsRefused(float scale) throws Exception {
    TestContract contract = contract(DeltaEncoding.INT8);
    byte[] payload = new byte[8];
    Arrays.fill(payload, (byte) 127);
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putFloat(scale);

    assertRefused(
        contract,
        Spoiled.withPayload(contract, 0, 0, Hash.ZERO, payload),
        RejectionReason.BAD_SCALE,
        "payload",
        "parameter 0 is in a block whose scale is " + scale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16"})
  void withAValueThatIsNotFiniteIsRefused(DeltaEncoding encoding) throws Exception {
    TestContract contract = contract(encoding);

    assertRefused(
        contract,
        Spoiled.withValues(contract, 0, 0, Hash.ZERO, Float.NEGATIVE_INFINITY),
        RejectionReason.NOT_FINITE,
        "payload",
        "parameter 0 is -Infinity; the training has diverged");
  }

  /** All chunks of an honest contribution to round 1 fit; one with one bit more set does not. */
  @Test
  void thatTheEncoderDoesNotWriteIsRefused() throws Exception {
    TestContract contract = contract(DeltaEncoding.topk(2_000));
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(1)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(1)));
      rig.settle();
      assertThat(rig.model(contract).orElseThrow()).containsOnly(1);

      float[] values = {0, 0, 3, 0};
      byte[] payload = contract.terms().deltaEncoding(1).encode(values);
      payload[8] |= (byte) 0x80; // beyond the last index
      rig.send(Spoiled.withPayload(contract, 0, 1, rig.base(contract), payload));
      byte[] longer = DeltaEncoding.topk(2_000).encode(new float[5]);
      assertThat(longer).hasSameSizeAs(payload);
      rig.send(Spoiled.withPayload(contract, 0, 1, rig.base(contract), longer));
      rig.settle();

      assertThat(rig.rejections())
          .extracting(Rejection::getReason)
          .containsExactly(
              RejectionReason.NOT_CANONICAL.code(), RejectionReason.WRONG_LAYOUT.code());
      assertThat(rig.rejections().get(1).getMessage())
          .contains("chunk 0 has 4 values, its payload is not one of as many topk:20 values");
    }
  }

  @Test
  void withTheLargestScaleIsMerged() throws Exception {
    TestContract contract = contract(DeltaEncoding.INT8);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      float largest = DeltaEncoding.INT8.largest();
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(largest)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(largest)));
      rig.settle();
      assertThat(rig.model(contract).orElseThrow()).containsOnly(largest);
    }
  }

  private static void assertRefused(
      TestContract contract, DeltaChunk chunk, RejectionReason reason, String field, String message)
      throws Exception {
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.send(chunk);
      rig.settle();
      assertThat(rig.rejections()).hasSize(1);
      Rejection rejection = rig.rejections().get(0);
      assertThat(rejection.getReason()).isEqualTo(reason.code());
      assertThat(rejection.getField()).isEqualTo(field);
      assertThat(rejection.getMessage()).contains(message).contains("; ");
      assertThat(rig.graph().stateEntries("round-window")).isZero();
      // The round goes on with what is as it should be.
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(127)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(254)));
      rig.settle();
      for (float value : rig.model(contract).orElseThrow()) {
        assertThat(value).isCloseTo(190.5f, within(0.5f));
      }
    }
  }

  private static TestContract contract(DeltaEncoding encoding) {
    return TestContract.of("c", "mean", 2, 2, 30_000).encoded(encoding);
  }
}
