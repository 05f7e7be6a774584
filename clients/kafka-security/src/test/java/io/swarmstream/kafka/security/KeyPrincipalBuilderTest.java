package io.swarmstream.kafka.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.PlaintextAuthenticationContext;
import org.apache.kafka.common.security.auth.SslAuthenticationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPrincipalBuilderTest {
  @TempDir Path temp;
  private final KeyPrincipalBuilder builder = new KeyPrincipalBuilder();

  @Test
  void namesAClientByItsKeyWhoeverIssuedItsCertificate() throws Exception {
    CertificateAuthority one = CertificateAuthority.create(temp.resolve("one"), "Hospital A");
    Identity site = one.issueFor("site-1", List.of());
    assertThat(nameOf(site)).isEqualTo(new KafkaPrincipal("User", site.keyHash()));
    assertThat(nameOf(one.renew(site, List.of()))).isEqualTo(nameOf(site));
    assertThat(nameOf(one.issueFor("site-1", List.of()))).isNotEqualTo(nameOf(site));
  }

  @Test
  void namesAClientByItsSpiffeId() throws Exception {
    TrustDomain domain = TrustDomain.create("hospital-a.org");
    assertThat(nameOf(domain.issue("spiffe://hospital-a.org/site-1")).toString())
        .isEqualTo("User:spiffe://hospital-a.org/site-1");
    Identity ambiguous = domain.issue("spiffe://hospital-a.org/a", "spiffe://hospital-a.org/b");
    assertThat(nameOf(ambiguous).getName()).isEqualTo(ambiguous.keyHash());
  }

  private KafkaPrincipal nameOf(Identity identity) throws Exception {
    return builder.build(
        new SslAuthenticationContext(
            session(identity), InetAddress.getLoopbackAddress(), "CLIENT"));
  }

  /** A session with that peer. */
  private static SSLSession session(Identity identity) throws Exception {
    SSLSession unconnected = SSLContext.getDefault().createSSLEngine().getSession();
    return (SSLSession)
        Proxy.newProxyInstance(
            KeyPrincipalBuilderTest.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) ->
                method.getName().equals("getPeerCertificates")
                    ? new Certificate[] {identity.leaf()}
                    : method.invoke(unconnected, arguments));
  }

  @Test
  void knowsNobodyWithoutACertificate() throws Exception {
    SSLSession unconnected = SSLContext.getDefault().createSSLEngine().getSession();
    assertThatThrownBy(unconnected::getPeerCertificates)
        .isInstanceOf(SSLPeerUnverifiedException.class);
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThat(builder.build(new SslAuthenticationContext(unconnected, here, "CLIENT")))
        .isEqualTo(KafkaPrincipal.ANONYMOUS);
    assertThat(builder.build(new PlaintextAuthenticationContext(here, "CLIENT")))
        .isEqualTo(KafkaPrincipal.ANONYMOUS);
  }

  @Test
  void travelsFromABrokerToItsController() {
    for (KafkaPrincipal principal :
        List.of(
            new KafkaPrincipal("User", "spiffe://hospital-a.org/site-1:x"),
            new KafkaPrincipal("User", "ä".repeat(64), true))) {
      KafkaPrincipal copy = builder.deserialize(builder.serialize(principal));
      assertThat(copy).isEqualTo(principal);
      assertThat(copy.tokenAuthenticated()).isEqualTo(principal.tokenAuthenticated());
    }
    assertThatThrownBy(() -> builder.deserialize(new byte[] {9, 'x'}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("all nodes of the cluster");
    assertThatThrownBy(() -> builder.deserialize(new byte[] {1, 'x'}))
        .isInstanceOf(SerializationException.class);
  }
}
