package io.swarmstream.schemas.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

class SiteKeyTest {
  private static final Hash CONTENT = Hash.sha256("content".getBytes(UTF_8));

  /** The addresses of the private keys 1 and 2, as any Ethereum wallet has them. */
  @ParameterizedTest
  @CsvSource({
    "1, 0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
    "2, 0x2b5ad5c4795c026514f8317c7a215e218dccd6cf"
  })
  void hasTheAddressThatEthereumGivesIt(String digit, String address) {
    String key = "0".repeat(63) + digit;

    assertThat(SiteKey.ofHex(key).address()).isEqualTo(address);
    assertThat(SiteKey.ofHex("0x" + key).address()).isEqualTo(address);
    assertThat(SiteKey.ofHex(key).credentials().getAddress()).isEqualTo(address);
  }

  @Test
  void isRecoveredFromItsSignature() {
    for (int seed = 0; seed < 20; seed++) {
      SiteKey key = SiteKey.ofSeed(seed);
      assertThat(SiteKey.signer(CONTENT, key.sign(CONTENT))).contains(key.address());
    }
  }

  @Test
  void signsInTheBytesOfEthereumsOwnLibrary() {
    for (int seed = 0; seed < 200; seed++) {
      SiteKey key = SiteKey.ofSeed(seed);
      Hash content = Hash.sha256(key.address().getBytes(UTF_8));

      Sign.SignatureData expected =
          Sign.signMessage(content.bytes(), key.credentials().getEcKeyPair(), false);

      assertThat(key.sign(content))
          .isEqualTo(
              org.bouncycastle.util.Arrays.concatenate(
                  expected.getR(), expected.getS(), expected.getV()));
    }
  }

  @Test
  void signsTheSameContentInTheSameBytes() {
    assertThat(SiteKey.ofSeed(1).sign(CONTENT)).isEqualTo(SiteKey.ofSeed(1).sign(CONTENT));
  }

  @Test
  void isNotTheSignerOfOtherContent() {
    byte[] signature = SiteKey.ofSeed(1).sign(CONTENT);

    assertThat(SiteKey.signer(Hash.sha256(CONTENT.bytes()), signature))
        .isNotEqualTo(SiteKey.signer(CONTENT, signature));
  }

  @Test
  void isAnotherForEachSeedAndEachTime() {
    assertThat(SiteKey.ofSeed(1).address()).isNotEqualTo(SiteKey.ofSeed(2).address());
    assertThat(SiteKey.random().address()).isNotEqualTo(SiteKey.random().address());
  }

  @Test
  void nobodySignsGarbage() {
    assertThat(SiteKey.signer(CONTENT, new byte[0])).isEmpty();
    assertThat(SiteKey.signer(CONTENT, new byte[64])).isEmpty();
    assertThat(SiteKey.signer(CONTENT, new byte[65])).isEmpty();
    assertThat(SiteKey.signer(CONTENT, new byte[66])).isEmpty();
    for (int v = 0; v < 256; v++) {
      assertThat(SiteKey.signer(CONTENT, filled(0xFF, v))).isEmpty();
      assertThat(SiteKey.signer(CONTENT, filled(0, v))).isEmpty();
    }
  }

  @Test
  void randomSignaturesAreBySomebodyElseOrNobody() {
    Random random = new Random(4);
    String address = SiteKey.ofSeed(1).address();
    for (int i = 0; i < 300; i++) {
      byte[] signature = new byte[65];
      random.nextBytes(signature);
      signature[64] = (byte) (i % 2 == 0 ? 27 + random.nextInt(4) : signature[64]);
      assertThat(SiteKey.signer(CONTENT, signature)).isNotEqualTo(java.util.Optional.of(address));
    }
  }

  @Test
  void aFlippedBitIsNotTheSitesSignature() {
    SiteKey key = SiteKey.ofSeed(1);
    for (int bit = 0; bit < 65 * 8; bit += 3) {
      byte[] signature = key.sign(CONTENT);
      signature[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(SiteKey.signer(CONTENT, signature))
          .as("bit %d", bit)
          .isNotEqualTo(java.util.Optional.of(key.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "0x",
        "000000000000000000000000000000000000000000000000000000000000000g",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
      })
  void refusesWhatIsNoKeyWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SiteKey.ofHex(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private key")
        .hasNoCause()
        .message()
        .satisfies(message -> assertThat(text.length() > 8 && message.contains(text)).isFalse());
  }

  private static byte[] filled(int value, int v) {
    byte[] signature = new byte[65];
    Arrays.fill(signature, (byte) value);
    signature[64] = (byte) v;
    return signature;
  }
}
