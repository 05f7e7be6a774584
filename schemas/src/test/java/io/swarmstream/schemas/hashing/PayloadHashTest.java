package io.swarmstream.schemas.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadHashTest {
  private static final byte[] ZERO = {0};
  private static final byte[] PAYLOAD = "payload".getBytes(UTF_8);

  @Test
  void sha256CoversThePayloadAsRfc6962Says() {
    assertThat(PayloadHash.SHA_256.leaf(PAYLOAD)).isEqualTo(Hash.sha256(ZERO, PAYLOAD));
    // The hash of an empty leaf, as in Certificate Transparency's test vectors.
    assertThat(PayloadHash.SHA_256.leaf(new byte[0]).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Test
  void blake3CoversThePayloadsDigest() {
    assertThat(PayloadHash.BLAKE3.leaf(PAYLOAD))
        .isEqualTo(Hash.sha256(ZERO, Blake3.hash(PAYLOAD).bytes()));
  }

  /** Why payloads are never looked up by their leaf alone. */
  @Test
  void ofTwoKindsCanBeTheSameLeaf() {
    byte[] digest = Blake3.hash(PAYLOAD).bytes();

    assertThat(PayloadHash.SHA_256.leaf(digest)).isEqualTo(PayloadHash.BLAKE3.leaf(PAYLOAD));
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatRemainsOfABuffer(PayloadHash hash) {
    ByteBuffer buffer = ByteBuffer.wrap("a payload".getBytes(UTF_8)).position(2);

    assertThat(hash.leaf(buffer)).isEqualTo(hash.leaf(PAYLOAD));
    assertThat(hash.leaf(buffer.asReadOnlyBuffer())).isEqualTo(hash.leaf(PAYLOAD));
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void saysWhichAreKnown() {
    assertThatThrownBy(() -> PayloadHash.named("md5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload hash \"md5\" is not known here; known are [blake3, sha-256]");
  }
}
