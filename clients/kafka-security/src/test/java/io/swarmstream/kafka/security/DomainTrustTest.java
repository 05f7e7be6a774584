package io.swarmstream.kafka.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainTrustTest {
  @TempDir Path temp;

  private static void check(Identity own, Identity peer) throws Exception {
    new DomainTrust(new PemFolder.Pems(own.key(), own.chain(), own.authorities()))
        .checkClientTrusted(peer.chain().toArray(X509Certificate[]::new), "EC");
  }

  @Test
  void takesASpiffeIdFromTheAuthorityOfItsDomainOnly() throws Exception {
    TrustDomain a = TrustDomain.create("a.org");
    TrustDomain b = TrustDomain.create("b.org");
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("ca"), "Hospital C");
    Identity broker =
        other
            .issueFor("broker", List.of())
            .withAuthorities(List.of(a.root(), b.root(), other.certificate()));
    assertThatCode(() -> check(broker, a.issue("spiffe://a.org/site"))).doesNotThrowAnyException();
    assertThatCode(() -> check(broker, other.issueFor("site", List.of())))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(broker, b.issue("spiffe://a.org/site")))
        .as("an authority that speaks for another domain")
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> check(broker, b.issue("spiffe://c.org/site")))
        .hasMessageContaining("none of the authorities in ca.pem is the one of trust domain c.org");
    assertThatThrownBy(() -> check(broker, a.issue("spiffe://a.org/x", "spiffe://a.org/y")))
        .hasMessageContaining("several SPIFFE ids");
  }

  @Test
  void takesIdsOfItsOwnDomainFromTheAuthorityOfItsOwnCertificate() throws Exception {
    TrustDomain upstream = TrustDomain.create("a.org", new String[0]);
    TrustDomain other = TrustDomain.create("b.org", new String[0]);
    Identity own =
        upstream
            .issue("spiffe://a.org/broker")
            .withAuthorities(List.of(upstream.root(), other.root()));
    assertThatCode(() -> check(own, upstream.issue("spiffe://a.org/site")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(own, other.issue("spiffe://a.org/site")))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> check(own, other.issue("spiffe://b.org/site")))
        .isInstanceOf(CertificateException.class);
  }
}
