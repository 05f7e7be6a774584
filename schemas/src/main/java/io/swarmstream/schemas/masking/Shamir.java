package io.swarmstream.schemas.masking;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;

/**
 * Shamir's secret sharing of 256-bit secrets, over the integers modulo 2^256 - 189, the largest
 * prime of so many bits.
 *
 * <p>A. Shamir, <i>How to share a secret</i>, 1979.
 */
final class Shamir {
  static final BigInteger PRIME = BigInteger.TWO.pow(256).subtract(BigInteger.valueOf(189));

  private static final int BYTES = 32;

  private Shamir() {}

  /** Whether bytes, big endian, are a number of the field. */
  static boolean isElement(byte[] bytes) {
    return bytes.length == BYTES && number(bytes).compareTo(PRIME) < 0;
  }

  /**
   * Makes a share.
   *
   * @param polynomial the secret, then one random coefficient for each further share that it takes
   *     to find the secret; all numbers of the field
   * @param x number of the share, from 1
   */
  static byte[] share(byte[][] polynomial, int x) {
    BigInteger at = BigInteger.valueOf(x);
    BigInteger sum = BigInteger.ZERO;
    for (int power = polynomial.length - 1; power >= 0; power--) {
      sum = sum.multiply(at).add(number(polynomial[power])).mod(PRIME);
    }
    return bytes(sum);
  }

  /**
   * Finds the secret by Lagrange's interpolation at 0.
   *
   * @param shares by their number; as many as the polynomial had coefficients, or more
   */
  static byte[] secret(Map<Integer, byte[]> shares) {
    BigInteger secret = BigInteger.ZERO;
    for (Map.Entry<Integer, byte[]> share : shares.entrySet()) {
      BigInteger at = BigInteger.valueOf(share.getKey());
      BigInteger above = BigInteger.ONE;
      BigInteger below = BigInteger.ONE;
      for (int number : shares.keySet()) {
        if (number != share.getKey()) {
          BigInteger other = BigInteger.valueOf(number);
          above = above.multiply(other).mod(PRIME);
          below = below.multiply(other.subtract(at)).mod(PRIME);
        }
      }
      BigInteger factor = above.multiply(below.modInverse(PRIME));
      secret = secret.add(number(share.getValue()).multiply(factor)).mod(PRIME);
    }
    return bytes(secret);
  }

  private static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static byte[] bytes(BigInteger number) {
    byte[] raw = number.toByteArray();
    byte[] bytes = new byte[BYTES];
    byte[] digits = raw.length > BYTES ? Arrays.copyOfRange(raw, 1, raw.length) : raw;
    System.arraycopy(digits, 0, bytes, BYTES - digits.length, digits.length);
    return bytes;
  }
}
