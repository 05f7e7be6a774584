package io.swarmstream.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys in the forms that OpenSSL writes: PKCS#8, PKCS#1 (RSA), SEC1 (EC), and each of
 * them encrypted. Java and Kafka read unencrypted PKCS#8 only, so that is what we write.
 */
final class PrivateKeys {
  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final byte[] ANY_TEXT = "does the key fit?".getBytes(UTF_8);

  private PrivateKeys() {}

  /**
   * Reads the first private key of a PEM text.
   *
   * @param password null if there is none
   * @throws IdentityException if there is no key, or it is of a kind that TLS in Java cannot use
   */
  static PrivateKey read(String pem, String origin, char @Nullable [] password) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        @Nullable PrivateKeyInfo key = decrypt(part, origin, password);
        if (key != null) {
          return usable(new JcaPEMKeyConverter().getPrivateKey(key), origin);
        }
      }
    } catch (PEMException e) {
      throw unusable(origin, e);
    } catch (PKCSException | OperatorCreationException e) {
      throw new IdentityException(
          origin + " cannot be decrypted (" + e.getMessage() + "); check the password", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IdentityException(
          origin + " has no readable private key (" + e.getMessage() + "); copy the file again", e);
    }
    throw new IdentityException(
        origin + " contains no private key; it needs a block -----BEGIN PRIVATE KEY-----");
  }

  /** Java reads keys of some curves, such as Ethereum's, that it cannot use. */
  private static PrivateKey usable(PrivateKey key, String origin) {
    try {
      var unused = sign(key);
      return key;
    } catch (GeneralSecurityException e) {
      throw unusable(origin, e);
    }
  }

  private static IdentityException unusable(String origin, Exception cause) {
    return new IdentityException(
        origin
            + " has a private key that Java cannot use ("
            + cause.getMessage()
            + "); use EC P-256, P-384 or P-521, RSA or Ed25519",
        cause);
  }

  private static @Nullable PrivateKeyInfo decrypt(
      Object part, String origin, char @Nullable [] password)
      throws IOException, OperatorCreationException, PKCSException {
    if (part instanceof PrivateKeyInfo plain) {
      return plain;
    }
    if (part instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    if (part instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(BOUNCY_CASTLE)
              .build(needed(password, origin)));
    }
    if (part instanceof PEMEncryptedKeyPair encrypted) {
      return encrypted
          .decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(BOUNCY_CASTLE)
                  .build(needed(password, origin)))
          .getPrivateKeyInfo();
    }
    return null;
  }

  private static char[] needed(char @Nullable [] password, String origin) {
    if (password == null) {
      throw new IdentityException(
          origin
              + " is encrypted and no password is given; decrypt it with 'openssl pkcs8 -topk8"
              + " -nocrypt -in OLD -out NEW' and give the file mode 0600");
    }
    return password;
  }

  static String pem(PrivateKey key) {
    return Pem.of("PRIVATE KEY", key.getEncoded());
  }

  /** Whether a private and a public key belong together: one signs, the other verifies. */
  static boolean isPair(PrivateKey key, PublicKey other) {
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initVerify(other);
      signature.update(ANY_TEXT);
      return signature.verify(sign(key));
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind
    }
  }

  private static byte[] sign(PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
    signature.initSign(key);
    signature.update(ANY_TEXT);
    return signature.sign();
  }

  /** Returns the name of the signature that a kind of key makes. */
  static String algorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "EdDSA" -> "Ed25519"; // the JDK does not tell it from Ed448, which TLS peers seldom know
      default -> keyAlgorithm;
    };
  }
}
