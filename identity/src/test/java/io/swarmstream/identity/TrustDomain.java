package io.swarmstream.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A SPIFFE server of a trust domain, as far as certificates go. */
record TrustDomain(String name, KeyPair key, X509Certificate root) {
  /** A domain whose authority has its id. */
  static TrustDomain create(String name) throws Exception {
    return create(name, "spiffe://" + name);
  }

  /** A domain whose authority has these ids, or none. */
  static TrustDomain create(String name, String... ids) throws Exception {
    KeyPair key = CertificateRequest.newKey();
    return new TrustDomain(name, key, certificate(name, name, key.getPublic(), key, true, ids));
  }

  /** Issues a certificate with these ids, of this or of any domain. */
  Identity issue(String... ids) throws Exception {
    KeyPair pair = CertificateRequest.newKey();
    X509Certificate leaf = certificate("workload", name, pair.getPublic(), key, false, ids);
    return new Identity(pair.getPrivate(), List.of(leaf), List.of(root));
  }

  private static X509Certificate certificate(
      String subject, String issuer, PublicKey of, KeyPair by, boolean authority, String... ids)
      throws Exception {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("O=" + issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minus(Duration.ofMinutes(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            new X500Name("O=" + subject),
            of);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
    if (ids.length > 0) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              Stream.of(ids)
                  .map(id -> new GeneralName(GeneralName.uniformResourceIdentifier, id))
                  .toArray(GeneralName[]::new)));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }
}
