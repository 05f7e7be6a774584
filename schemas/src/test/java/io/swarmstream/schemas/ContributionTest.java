package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
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
      Hash leaf = MerkleTree.leaf(chunk.getPayload().array());
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

  @Test
  void hasNoChunkBeyondItsLast() {
    assertThatThrownBy(() -> sign(DELTA).chunk(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("chunk 3 of 3");
  }

  private static Contribution sign(float[] delta) {
    return Contribution.sign(KEY, TERMS, 4, Hash.ZERO, delta, header());
  }

  private static ContributionHeader header() {
    return new ContributionHeader(1, 64L, 0.5, 0.9, 1.0, 10.0, CheckIn.TRAINING.code());
  }
}
