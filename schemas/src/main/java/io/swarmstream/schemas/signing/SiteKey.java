package io.swarmstream.schemas.signing;

import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** A site's secp256k1 key: the key of its Ethereum account. */
public final class SiteKey {
  static final int SIGNATURE_BYTES = 65;

  private static final Pattern PRIVATE_KEY = Pattern.compile("(0x)?[0-9a-fA-F]{64}");

  private final ECKeyPair pair;
  private final String address;

  private SiteKey(ECKeyPair pair) {
    this.pair = pair;
    this.address = Numeric.prependHexPrefix(Keys.getAddress(pair)).toLowerCase(Locale.ROOT);
  }

  /**
   * Parses a private key.
   *
   * @param privateKeyHex 64 hex digits, with or without 0x
   * @throws IllegalArgumentException if the text is not a private key; the message does not repeat
   *     it
   */
  public static SiteKey ofHex(String privateKeyHex) {
    if (!PRIVATE_KEY.matcher(privateKeyHex).matches()) {
      throw new IllegalArgumentException(
          "a private key is 64 hex digits, with or without 0x; this text of "
              + privateKeyHex.length()
              + " characters is none");
    }
    BigInteger number = Numeric.toBigInt(privateKeyHex);
    if (number.signum() == 0 || number.compareTo(RecoverableSigner.ORDER) >= 0) {
      throw new IllegalArgumentException(
          "a private key is a number above 0 and below the order of secp256k1; this one is not");
    }
    return new SiteKey(ECKeyPair.create(number));
  }

  /**
   * Derives a key from a seed, for tests and demos, which have to be repeatable; never for a real
   * site.
   */
  public static SiteKey ofSeed(long seed) {
    Hash hash =
        new Canonical(Canonical.tag("swarmstream/insecure-seeded-key/v1")).number(seed).hash();
    return new SiteKey(ECKeyPair.create(new BigInteger(1, hash.bytes())));
  }

  public static SiteKey random() {
    try {
      return new SiteKey(Keys.createEcKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no secp256k1", e);
    }
  }

  /** Returns the private key, 64 hex digits: for a file that only its owner can read. */
  public String privateKeyHex() {
    return Numeric.toHexStringNoPrefixZeroPadded(pair.getPrivateKey(), 64);
  }

  /** Returns the site's address: 0x and 40 lower-case hex digits. */
  public String address() {
    return address;
  }

  /** Returns the credentials for sending the site's own transactions. */
  public Credentials credentials() {
    return Credentials.create(pair);
  }

  /** Signs a hash: r, s, v in 65 bytes. Deterministic (RFC 6979). */
  public byte[] sign(Hash hash) {
    return new RecoverableSigner(pair.getPrivateKey()).sign(hash);
  }

  /**
   * Derives a secret from the private key: HMAC-SHA256 of a hash that says what it is for. Nobody
   * learns anything of the key from it.
   */
  public byte[] derive(Hash purpose) {
    byte[] secret = Numeric.toBytesPadded(pair.getPrivateKey(), 32);
    return HmacSha256.of(secret, purpose.bytes());
  }

  /** Returns the address whose key signed the hash; empty if the bytes are not a signature. */
  public static Optional<String> signer(Hash hash, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return Optional.empty();
    }
    byte[] r = new byte[32];
    byte[] s = new byte[32];
    System.arraycopy(signature, 0, r, 0, 32);
    System.arraycopy(signature, 32, s, 0, 32);
    try {
      BigInteger key =
          Sign.signedMessageHashToKey(hash.bytes(), new Sign.SignatureData(signature[64], r, s));
      return Optional.of(Numeric.prependHexPrefix(Keys.getAddress(key)).toLowerCase(Locale.ROOT));
    } catch (SignatureException | RuntimeException e) {
      // BouncyCastle throws many kinds of exception for points that are not on the curve.
      return Optional.empty();
    }
  }
}
