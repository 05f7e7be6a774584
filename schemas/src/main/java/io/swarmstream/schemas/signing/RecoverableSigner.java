package io.swarmstream.schemas.signing;

import io.swarmstream.schemas.hashing.Hash;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.web3j.crypto.Sign;

/**
 * Signs with secp256k1, and says which of the keys that fit a signature signed it. Makes the
 * signatures of web3j's {@code Sign}, which finds the key by trying, in a fifth of the time: the
 * point that a signature starts from tells it (SEC 1, §4.1.6).
 */
final class RecoverableSigner {
  private static final ECDomainParameters CURVE =
      new ECDomainParameters(
          Sign.CURVE_PARAMS.getCurve(),
          Sign.CURVE_PARAMS.getG(),
          Sign.CURVE_PARAMS.getN(),
          Sign.CURVE_PARAMS.getH());

  /** Order of the group of secp256k1 (SEC 2, §2.4.1). */
  static final BigInteger ORDER = CURVE.getN();

  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final int NUMBER_BYTES = 32;

  /** What Ethereum adds to the number of the key. */
  private static final int FIRST_KEY = 27;

  private final ECPrivateKeyParameters key;

  RecoverableSigner(BigInteger privateKey) {
    key = new ECPrivateKeyParameters(privateKey, CURVE);
  }

  /** Signs a hash: r, s, v in 65 bytes, s in the lower half. Deterministic (RFC 6979). */
  byte[] sign(Hash hash) {
    Signer signer = new Signer();
    signer.init(true, key);
    BigInteger[] numbers = signer.generateSignature(hash.bytes());
    boolean negated = numbers[1].compareTo(HALF_ORDER) > 0;
    byte[] signature = new byte[SiteKey.SIGNATURE_BYTES];
    BigIntegers.asUnsignedByteArray(numbers[0], signature, 0, NUMBER_BYTES);
    BigIntegers.asUnsignedByteArray(
        negated ? ORDER.subtract(numbers[1]) : numbers[1], signature, NUMBER_BYTES, NUMBER_BYTES);
    signature[2 * NUMBER_BYTES] = (byte) (FIRST_KEY + keyNumber(signer.point, negated));
    return signature;
  }

  /**
   * Bit 0: the point's y is odd, as seen from the s that is sent. Bit 1: its x exceeds the order.
   */
  private static int keyNumber(ECPoint point, boolean negated) {
    boolean odd = point.getAffineYCoord().testBitZero();
    boolean beyond = point.getAffineXCoord().toBigInteger().compareTo(ORDER) >= 0;
    return (odd == negated ? 0 : 1) | (beyond ? 2 : 0);
  }

  /** Remembers the point of the signature made last: the base point times the nonce. */
  private static final class Signer extends ECDSASigner {
    private ECPoint point = CURVE.getG();

    Signer() {
      super(new HMacDSAKCalculator(new SHA256Digest()));
    }

    @Override
    protected ECMultiplier createBasePointMultiplier() {
      ECMultiplier multiplier = super.createBasePointMultiplier();
      return (base, nonce) -> {
        point = multiplier.multiply(base, nonce).normalize();
        return point;
      };
    }
  }
}
