package io.swarmstream.schemas.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskPrimitivesTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 7748, 6.1. */
  @Test
  void agreesAsTheRfcSays() {
    byte[] bob = HEX.parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    byte[] alicePublic =
        HEX.parseHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");

    assertThat(HEX.formatHex(X25519.publicKey(bob)))
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    assertThat(HEX.formatHex(X25519.agree(bob, alicePublic)))
        .isEqualTo("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
  }

  /** Noise counts on it: see {@code Privacy.Masked.COARSEST_STEP}. */
  @Test
  void hasStepsOfNoMoreThanAFractionOfTheRange() {
    for (double range : new double[] {1e-6, 0.7, 1, 1.999, 3, 999_999}) {
      int exponent = FixedPoint.of(range, CrowdSize.MOST, CrowdSize.MOST).exponent();
      assertThat(Math.scalb(1.0, -exponent)).isLessThanOrEqualTo(range * 0x1p-24);
    }
  }

  /** RFC 7748, 5.2, the first vector. */
  @Test
  void multipliesAsTheRfcSays() {
    byte[] scalar =
        HEX.parseHex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    byte[] point = HEX.parseHex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");

    assertThat(HEX.formatHex(X25519.agree(scalar, point)))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  }

  @Test
  void refusesPointsOfSmallOrder() {
    byte[] zero = new byte[32];
    byte[] one = new byte[32];
    one[0] = 1;

    assertThat(X25519.isPublicKey(zero)).isFalse();
    assertThat(X25519.isPublicKey(one)).isFalse();
    assertThat(X25519.isPublicKey(X25519.publicKey(bytes("a key")))).isTrue();
    assertThatThrownBy(() -> X25519.agree(bytes("a key"), zero))
        .hasMessageContaining("small order");
  }

  /** RFC 4231, test case 2. */
  @Test
  void derivesByHmac() {
    byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
    byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    assertThat(HEX.formatHex(HmacSha256.of(key, message)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  /** The stream of chunk 0 begins with AES-256 of a zero block: NIST's AESAVS, zero plaintext. */
  @Test
  void streamsAesInCounterMode() {
    byte[] key = HEX.parseHex("c47b0294dbbbee0fec4757f22ffeee3587ca4730c3d33b691df38bab076bc558");
    int[] values = new int[4];

    MaskStream.add(key, 0, 1, values);

    assertThat(HEX.formatHex(FixedPoint.payload(values)))
        .isEqualTo("46f2fb342d6f0ab477476fc501242c5f");
  }

  @Test
  void startsEachChunkElsewhereAndTakesAwayWhatItAdded() {
    byte[] key = bytes("a mask");
    int[] first = new int[70_000];
    int[] second = new int[70_000];
    MaskStream.add(key, 0, 1, first);
    MaskStream.add(key, 1, 1, second);

    assertThat(IntStream.range(0, first.length).filter(i -> first[i] == second[i]).count())
        .isLessThan(3);
    MaskStream.add(key, 1, -1, second);
    assertThat(second).containsOnly(0);
  }

  @Test
  void dividesByAPrime() {
    assertThat(Shamir.PRIME.isProbablePrime(100)).isTrue();
    assertThat(Shamir.PRIME.bitLength()).isEqualTo(256);
    assertThat(Shamir.isElement(HEX.parseHex("ff".repeat(32)))).isFalse();
  }

  /**
   * 1234 + 166 x + 94 x^2, the example of many texts; its shares modulo a larger prime are these.
   */
  @Test
  void sharesTheExampleOfTheTextbooks() {
    byte[][] polynomial = {number(1234), number(166), number(94)};

    assertThat(Shamir.share(polynomial, 1)).isEqualTo(number(1494));
    assertThat(Shamir.share(polynomial, 5)).isEqualTo(number(4414));
    assertThat(
            Shamir.secret(
                Map.of(
                    2, Shamir.share(polynomial, 2),
                    4, Shamir.share(polynomial, 4),
                    5, Shamir.share(polynomial, 5))))
        .isEqualTo(number(1234));
  }

  @Test
  void findsNothingBelowTheThreshold() {
    byte[][] polynomial = {bytes("secret"), bytes("first"), bytes("second")};
    Map<Integer, byte[]> two = new HashMap<>();
    two.put(1, Shamir.share(polynomial, 1));
    two.put(3, Shamir.share(polynomial, 3));

    assertThat(Shamir.secret(two)).isNotEqualTo(bytes("secret"));
    // Any secret at all fits two shares: the third one that goes with it can be chosen.
    two.put(2, number(7));
    assertThat(Shamir.secret(two)).isNotEqualTo(bytes("secret"));
    two.put(2, Shamir.share(polynomial, 2));
    assertThat(Shamir.secret(two)).isEqualTo(bytes("secret"));
  }

  @Test
  void opensOnlyWhatWasSealedForIt() {
    byte[] sealed = SealedShares.seal(bytes("key"), bytes("share"));

    assertThat(SealedShares.open(bytes("key"), sealed)).contains(bytes("share"));
    assertThat(SealedShares.open(bytes("another"), sealed)).isEmpty();
    sealed[3] ^= 1;
    assertThat(SealedShares.open(bytes("key"), sealed)).isEmpty();
  }

  @Test
  void neverLeavesTheRangeOfAnInt() {
    for (int members : new int[] {3, 10, 64}) {
      for (double range : new double[] {0.001, 1, 3.7, 65_504}) {
        FixedPoint scale = FixedPoint.of(range, members * 100L, members);
        long sum = 0;
        for (int i = 0; i < members; i++) {
          sum += scale.encode(new float[] {(float) range}, 100)[0];
        }
        assertThat(Math.abs(sum)).isLessThanOrEqualTo(Integer.MAX_VALUE);
        assertThat(Math.abs(sum)).isGreaterThan(Integer.MAX_VALUE / 4L);
      }
    }
  }

  private static byte[] bytes(String what) {
    return Hash.sha256(what.getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private static byte[] number(int value) {
    return HEX.parseHex("%064x".formatted(value));
  }
}
