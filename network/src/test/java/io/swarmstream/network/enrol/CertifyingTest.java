package io.swarmstream.network.enrol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.web.ApiProblem;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that newcomers bring. */
class CertifyingTest {
  @TempDir private Path folder;

  @Test
  void takesACertificateOfAnAuthority() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create(folder.resolve("ca"), "org-a");
    Identity own = authority.issueFor("hospital-a", List.of("localhost"));
    assertThatCode(
            () ->
                Certifying.check(
                    Authorities.pem(own.chain()), own.keyHash(), List.of(authority.certificate())))
        .doesNotThrowAnyException();
  }

  /** A member's certificate is no authority, though the signatures fit. */
  @Test
  void refusesACertificateThatAMemberHasIssued() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create(folder.resolve("ca"), "org-a");
    Identity member = authority.issueFor("hospital-a", List.of("localhost"));
    KeyPair stranger = CertificateRequest.newKey();
    X509Certificate issued = issuedBy(member, stranger);
    issued.verify(member.leaf().getPublicKey());
    assertThatThrownBy(
            () ->
                Certifying.check(
                    Authorities.pem(List.of(issued, member.leaf())),
                    KeyHash.of(stranger.getPublic()),
                    List.of(authority.certificate())))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("does not end at one of the 1 authorities");
  }

  private static X509Certificate issuedBy(Identity issuer, KeyPair subject) throws Exception {
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    issuer.leaf(),
                    BigInteger.TWO,
                    Date.from(now.minus(Duration.ofMinutes(5))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    new X500Principal("CN=stranger"),
                    subject.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key())));
  }
}
