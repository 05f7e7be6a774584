package io.swarmstream.identity;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS#10): a public key, signed with its private key. An authority
 * takes nothing but the key from it; names are for it to decide.
 */
public final class CertificateRequest {
  private static final int MAX_CHARS = 16 << 10;
  private static final int MIN_RSA_BITS = 2048;
  private static final Set<String> KINDS = Set.of("EC", "RSA", "EdDSA", "Ed25519");

  private final JcaPKCS10CertificationRequest request;
  private final PublicKey key;

  private CertificateRequest(PKCS10CertificationRequest request) {
    this.request = new JcaPKCS10CertificationRequest(request);
    this.key = checkedKey(this.request);
  }

  /**
   * Makes a key: EC P-256. It is as strong as RSA 3072, its handshakes are several times cheaper,
   * and TLS 1.2 and 1.3, Go, OpenSSL and Python all have it.
   */
  public static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has EC P-256", e);
    }
  }

  /** Makes a request for a key. */
  public static CertificateRequest of(KeyPair key, String name) {
    return of(key.getPrivate(), key.getPublic(), name);
  }

  /** Makes a request for another certificate of the same key, which the peers know already. */
  public static CertificateRequest renewal(Identity identity) {
    return of(identity.key(), identity.leaf().getPublicKey(), identity.name());
  }

  private static CertificateRequest of(PrivateKey key, PublicKey publicKey, String name) {
    try {
      return new CertificateRequest(
          new JcaPKCS10CertificationRequestBuilder(DistinguishedName.of(name, ""), publicKey)
              .build(
                  new JcaContentSignerBuilder(PrivateKeys.algorithm(key.getAlgorithm()))
                      .build(key)));
    } catch (OperatorCreationException e) {
      throw new IdentityException("a " + key.getAlgorithm() + " key cannot sign a request", e);
    }
  }

  /**
   * Reads a request. The proof of possession is checked when a certificate is issued.
   *
   * @throws IdentityException if it is none, or its key is too weak
   */
  public static CertificateRequest ofPem(String pem) {
    if (pem.length() > MAX_CHARS) {
      throw new IdentityException(
          "certificate request: %d characters, allowed are %d".formatted(pem.length(), MAX_CHARS));
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return new CertificateRequest(request);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IdentityException("certificate request: no PKCS#10 (" + e.getMessage() + ")", e);
    }
    throw new IdentityException(
        "certificate request: no block -----BEGIN CERTIFICATE REQUEST-----");
  }

  private static PublicKey checkedKey(JcaPKCS10CertificationRequest request) {
    PublicKey key;
    try {
      key = request.getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "certificate request: Java cannot use its public key; use EC P-256, RSA or Ed25519", e);
    }
    if (!KINDS.contains(key.getAlgorithm())) {
      throw new IdentityException(
          "certificate request: key of kind " + key.getAlgorithm() + ", allowed are " + KINDS);
    }
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new IdentityException(
          "certificate request: RSA key of %d bits, at least %d are needed"
              .formatted(rsa.getModulus().bitLength(), MIN_RSA_BITS));
    }
    return key;
  }

  public PublicKey publicKey() {
    return key;
  }

  public String keyHash() {
    return KeyHash.of(key);
  }

  /** The common name that the requester wishes; empty if it names none. */
  public String name() {
    return DistinguishedName.commonName(request.getSubject());
  }

  public String pem() {
    try {
      return Pem.of("CERTIFICATE REQUEST", request.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a request that was read can be written", e);
    }
  }

  /** Whether the requester has the private key. */
  public boolean hasProof() {
    try {
      return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
    } catch (OperatorCreationException | PKCSException e) {
      return false;
    }
  }
}
