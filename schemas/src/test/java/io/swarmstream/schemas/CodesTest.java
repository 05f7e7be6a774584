package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes cross process borders, so a renamed constant must not rename its code unseen. */
class CodesTest {

  @Test
  void ofRejectionReasonsAreTheseWords() {
    assertThat(Arrays.stream(RejectionReason.values()).map(RejectionReason::code))
        .containsExactly(
            "malformed",
            "wrong-topic",
            "unknown-site",
            "wrong-terms",
            "bad-signature",
            "bad-hash",
            "wrong-layout",
            "wrong-encoding",
            "wrong-payload-hash",
            "bad-header",
            "not-finite",
            "bad-scale",
            "not-canonical",
            "stale-round",
            "future-round",
            "wrong-base",
            "duplicate",
            "conflicting",
            "too-many",
            "incomplete",
            "expired",
            "not-restored");
  }

  @Test
  void ofCheckInsAreTheseWords() {
    assertThat(Arrays.stream(CheckIn.values()).map(CheckIn::code))
        .containsExactly("training", "snapshot", "active", "inactive");
  }

  @Test
  void ofEncodingsAreTheseWords() {
    assertThat(Arrays.stream(Encoding.values()).map(Encoding::word))
        .containsExactly("float32", "float16", "bfloat16", "int8", "int4", "topk", "masked");
    assertThat(DeltaEncoding.forms())
        .containsExactly("float32", "float16", "bfloat16", "int8", "int4", "topk:P");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float32",
        "float16",
        "bfloat16",
        "int8",
        "int4",
        "topk:0.01",
        "topk:1",
        "topk:20"
      })
  void giveTheEncodingBack(String code) {
    assertThat(DeltaEncoding.ofCode(code).orElseThrow().code()).isEqualTo(code);
    assertThat(DeltaEncoding.named(code).code()).isEqualTo(code);
  }

  @Test
  void ofPayloadHashesAreTheseWords() {
    assertThat(Arrays.stream(PayloadHash.values()).map(PayloadHash::code))
        .containsExactly("blake3", "sha-256");
  }

  @ParameterizedTest
  @EnumSource
  void giveThePayloadHashBack(PayloadHash hash) {
    assertThat(PayloadHash.ofCode(hash.code())).contains(hash);
    assertThat(PayloadHash.named(hash.code())).isEqualTo(hash);
  }

  @ParameterizedTest
  @EnumSource
  void giveTheReasonBack(RejectionReason reason) {
    assertThat(RejectionReason.ofCode(reason.code())).contains(reason);
  }

  @ParameterizedTest
  @EnumSource
  void giveTheCheckInBack(CheckIn checkIn) {
    assertThat(CheckIn.ofCode(checkIn.code())).contains(checkIn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MALFORMED", "Training", "of-a-newer-version", "bad_hash", "INT8"})
  void ofAnotherVersionAreNotGuessed(String code) {
    assertThat(RejectionReason.ofCode(code)).isEmpty();
    assertThat(CheckIn.ofCode(code)).isEmpty();
    assertThat(DeltaEncoding.ofCode(code)).isEmpty();
    assertThat(PayloadHash.ofCode(code)).isEmpty();
  }
}
