package io.swarmstream.schemas.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.GoldenRecord;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionTest {
  private static final SiteKey KEY = SiteKey.ofSeed(1);
  private static final ContractTerms TERMS = GoldenRecord.TERMS;
  private static final float[] DELTA = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @Test
  void chunksMakeUpTheDelta() {
    Contribution contribution = sign(DELTA);
    float[] together = new float[DELTA.length];
    for (int i = 0; i < contribution.chunkCount(); i++) {
      DeltaChunk chunk = contribution.chunk(i);
      assertThat(chunk.getChunkIndex()).isEqualTo(i);
      FloatCodec.decode(chunk.getPayload().array(), together, (int) TERMS.chunks().offset(i));
    }
    assertThat(together).containsExactly(DELTA);
  }

  @Test
  void theLastChunkHoldsTheRest() {
    Contribution contribution = sign(DELTA);

    assertThat(contribution.chunkCount()).isEqualTo(3);
    assertThat(contribution.chunk(1).getPayload().remaining()).isEqualTo(4 * Float.BYTES);
    assertThat(contribution.chunk(2).getPayload().remaining()).isEqualTo(2 * Float.BYTES);
  }

  @Test
  void eachChunkProvesItself() {
    Contribution contribution = sign(DELTA);
    for (int i = 0; i < contribution.chunkCount(); i++) {
      DeltaChunk chunk = contribution.chunk(i);
      Hash leaf = TERMS.payloadHash().leaf(chunk.getPayload().array());
      assertThat(Hash.of(chunk.getChunkHash())).isEqualTo(leaf);
      assertThat(
              MerkleTree.proves(
                  leaf,
                  i,
                  3,
                  chunk.getMerkleProof().stream().map(Hash::of).toList(),
                  contribution.root()))
          .isTrue();
      assertThat(SiteKey.signer(SignedContent.of(chunk), chunk.getSignature().array()))
          .contains(KEY.address());
    }
  }

  @Test
  void saysWhatItWasSignedWith() {
    DeltaChunk chunk = sign(DELTA).chunk(0);

    assertThat(chunk.getContract()).isEqualTo(TERMS.contract());
    assertThat(Hash.of(chunk.getTermsHash())).isEqualTo(TERMS.hash());
    assertThat(chunk.getRound()).isEqualTo(4).isEqualTo(sign(DELTA).round());
    assertThat(chunk.getSite()).isEqualTo(KEY.address());
    assertThat(Hash.of(chunk.getBaseHash())).isEqualTo(Hash.ZERO);
    assertThat(chunk.getEncoding()).isEqualTo("float32");
    assertThat(chunk.getHeader()).isEqualTo(header());
    assertThat(Hash.of(chunk.getMerkleRoot())).isEqualTo(sign(DELTA).root());
  }

  @Test
  void isKnownByItsContent() {
    float[] other = DELTA.clone();
    other[9] = Math.nextUp(10f);

    assertThat(sign(other).root()).isNotEqualTo(sign(DELTA).root());
    assertThat(sign(DELTA.clone()).root()).isEqualTo(sign(DELTA).root());
  }

  @Test
  void staysAsSignedWhenAChunkOrTheHeaderIsChangedLater() {
    ContributionHeader header = header();
    Contribution contribution = Contribution.sign(KEY, TERMS, 4, Hash.ZERO, DELTA, header);

    header.put("weight", 99);
    DeltaChunk spoiled = contribution.chunk(0);
    spoiled.getHeader().put("weight", 98);
    spoiled.put("merkleRoot", new Hash32(new byte[32]));
    spoiled.getSignature().array()[0] ^= 1;
    spoiled.getMerkleProof().get(0).bytes()[0] ^= 1;

    assertThat(contribution.chunk(0)).isEqualTo(sign(DELTA).chunk(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11})
  void refusesADeltaOfAnotherLength(int length) {
    assertThatThrownBy(() -> sign(new float[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the delta has " + length + " values")
        .hasMessageContaining("contract retina has 10 parameters");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesAValueThatIsNotFinite(float bad) {
    float[] diverged = DELTA.clone();
    diverged[7] = bad;

    assertThatThrownBy(() -> sign(diverged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 7 of the delta is " + bad)
        .hasMessageContaining("lower the learning rate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8", "int4", "topk:20"})
  void isMergedAsTheDeltaLessWhatTheEncodingTakes(DeltaEncoding encoding) {
    float[] delta = {1, 0.1f, -3e-6f, 4.4f, 1e4f, 6, 7, 0, 9, 10};
    Contribution contribution = sign(delta, encoding);

    for (int i = 0; i < contribution.chunkCount(); i++) {
      DeltaChunk chunk = contribution.chunk(i);
      assertThat(chunk.getEncoding()).isEqualTo(encoding.code());
      float[] merged = encoding.decode(chunk.getPayload().array());
      float[] lost = contribution.lost(i);
      for (int k = 0; k < merged.length; k++) {
        assertThat(merged[k] + lost[k]).isEqualTo(delta[4 * i + k]);
      }
    }
    assertThat(IntStream.range(0, 3).anyMatch(i -> !isZero(contribution.lost(i))))
        .isEqualTo(encoding.isLossy());
  }

  @Test
  void refusesADeltaBeyondFloat16AndNamesTheLargestValue() {
    float[] delta = DELTA.clone();
    delta[2] = 65_504;
    assertThat(sign(delta, DeltaEncoding.FLOAT16).chunkCount()).isEqualTo(3);

    delta[3] = Math.nextUp(65_504f);
    delta[8] = -70_000;
    assertThatThrownBy(() -> sign(delta, DeltaEncoding.FLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 8, the largest of the delta, is -70000.0")
        .hasMessageContaining("encoded as float16, which ends at 65504.0")
        .hasMessageContaining("bfloat16 or float32");
  }

  @Test
  void namesTheTensorOfAValueThatNoPayloadCanHoldOnceItKnowsTheLayout() {
    float[] delta = DELTA.clone();
    delta[8] = -70_000;
    ModelLayout layout =
        new ModelLayout(
            List.of(
                new TensorShape("dense", List.of(2L, 3L)),
                new TensorShape("running_var", List.of(4L))));

    assertThatThrownBy(() -> sign(delta, DeltaEncoding.FLOAT16))
        .isInstanceOfSatisfying(
            DeltaRangeException.class,
            e -> {
              assertThat(e.tensor()).isNull();
              assertThat(e.in(layout).tensor()).isEqualTo("running_var");
              assertThat(e.in(layout))
                  .hasMessageContaining(
                      "tensor running_var, value 2, the largest of the delta, is -70000.0");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "int8", "int4", "topk:1"})
  void refusesADeltaThatOnlyFloat32CanHold(DeltaEncoding encoding) {
    float[] delta = DELTA.clone();
    delta[9] = Float.MAX_VALUE;

    assertThatThrownBy(() -> sign(delta, encoding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 9, the largest of the delta, is 3.4028235E38")
        .hasMessageEndingWith("create a contract with encoding float32");
  }

  @Test
  void hasNoChunkBeyondItsLast() {
    assertThatThrownBy(() -> sign(DELTA).chunk(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("chunk 3 of 3");
  }

  private static boolean isZero(float[] values) {
    return Arrays.equals(values, new float[values.length]);
  }

  private static Contribution sign(float[] delta, DeltaEncoding encoding) {
    ContractTerms terms =
        new ContractTerms(
            "c", "n", "mean", 1, 0, delta.length, 4, encoding, ModelLayout.flat(10).hash().hex());
    return Contribution.sign(KEY, terms, 4, Hash.ZERO, delta, header());
  }

  private static Contribution sign(float[] delta) {
    return Contribution.sign(KEY, TERMS, 4, Hash.ZERO, delta, header());
  }

  private static ContributionHeader header() {
    return new ContributionHeader(1, 64L, 0.5, 0.9, 1.0, 10.0, CheckIn.TRAINING.code());
  }
}
