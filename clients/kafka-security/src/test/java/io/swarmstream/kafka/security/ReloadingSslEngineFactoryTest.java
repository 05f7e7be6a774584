package io.swarmstream.kafka.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingSslEngineFactoryTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Duration NEW_NAME_AFTER = Duration.ofMillis(2_500);

  @TempDir Path temp;
  private CertificateAuthority authority;
  private IdentityFolder brokerFolder;
  private IdentityFolder clientFolder;
  private ReloadingSslEngineFactory broker;
  private ReloadingSslEngineFactory client;

  @BeforeEach
  void start() throws IOException {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
    brokerFolder = folder("broker", authority.issueFor("broker", List.of("localhost")));
    clientFolder = folder("client", authority.issueFor("client", List.of()));
    broker = factory(brokerFolder);
    client = factory(clientFolder);
  }

  @AfterEach
  void stop() {
    broker.close();
    client.close();
  }

  private IdentityFolder folder(String name, Identity identity) throws IOException {
    IdentityFolder folder = IdentityFolder.at(temp.resolve(name));
    folder.write(identity);
    return folder;
  }

  private static ReloadingSslEngineFactory factory(IdentityFolder folder) {
    ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory(NEW_NAME_AFTER);
    factory.configure(Map.of("swarm.identity.folder", folder.path().toString()));
    return factory;
  }

  /** Returns the name that a broker gives the client of a new connection. */
  private String connect(String host) throws SSLException {
    SSLEngine there = broker.createServerSslEngine("127.0.0.1", 1);
    shakeHands(client.createClientSslEngine(host, 9093, "https"), there);
    return KeyPrincipalBuilder.nameOf(
        (X509Certificate) there.getSession().getPeerCertificates()[0]);
  }

  private static void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < 50; i++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
    assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> {
        var unused = engine.wrap(ByteBuffer.allocate(0), out);
      }
      default -> {
        in.flip();
        var unused = engine.unwrap(in, ByteBuffer.allocate(1 << 16));
        in.compact();
      }
    }
  }

  @Test
  void letsBothSidesKnowEachOther() throws Exception {
    assertThat(connect("localhost")).isEqualTo(clientFolder.read().keyHash());
    assertThat(KeyPrincipalBuilder.nameOf(clientFolder.path()))
        .isEqualTo(clientFolder.read().keyHash());
  }

  @Test
  void presentsARenewedCertificateOfEitherSideOnTheNextConnection() throws Exception {
    assertThat(connect("localhost")).isEqualTo(clientFolder.read().keyHash());
    Identity renewed = authority.issueFor("client", List.of());
    clientFolder.write(renewed);
    brokerFolder.write(authority.issueFor("broker", List.of("other.host")));
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(SSLException.class) // one of them has not looked yet
        .untilAsserted(
            () -> {
              assertThat(connect("other.host")).isEqualTo(renewed.keyHash());
              assertThatThrownBy(() -> connect("localhost")).isInstanceOf(SSLException.class);
            });
  }

  @Test
  void endsConnectionsOfAFormerKeyOnceTheNewOneHasHadTimeToGetItsRights() throws Exception {
    SSLEngine there = broker.createServerSslEngine("127.0.0.1", 1);
    SSLEngine here = client.createClientSslEngine("localhost", 9093, "https");
    shakeHands(here, there);
    String before = clientFolder.read().keyHash();
    Identity other = authority.issueFor("client", List.of());
    clientFolder.write(other);
    long begin = System.nanoTime();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(send(here)).isEqualTo(SSLEngineResult.Status.CLOSED));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(NEW_NAME_AFTER);
    assertThat(before).isNotEqualTo(other.keyHash());
    assertThat(connect("localhost")).isEqualTo(other.keyHash());
  }

  @Test
  void keepsConnectionsWhenOnlyTheCertificateIsRenewed() throws Exception {
    SSLEngine there = broker.createServerSslEngine("127.0.0.1", 1);
    SSLEngine here = client.createClientSslEngine("localhost", 9093, "https");
    shakeHands(here, there);
    clientFolder.write(authority.renew(clientFolder.read(), List.of()));
    await()
        .during(NEW_NAME_AFTER.plusSeconds(2))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(send(here)).isEqualTo(SSLEngineResult.Status.OK));
  }

  private static SSLEngineResult.Status send(SSLEngine engine) throws SSLException {
    return engine.wrap(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.allocate(1 << 16)).getStatus();
  }

  @Test
  void refusesHostsThatTheBrokersCertificateDoesNotName() {
    assertThatThrownBy(() -> connect("other.host"))
        .hasStackTraceContaining("No subject alternative DNS name");
  }

  @Test
  void stopsTrustingAnAuthorityThatIsTakenAway() throws Exception {
    assertThat(connect("localhost")).isNotEmpty();
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("other"), "Hospital B");
    brokerFolder.writeAuthorities(List.of(other.certificate()));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> connect("localhost"))
                    .hasStackTraceContaining("certification path"));
  }

  @Test
  void keepsTheLastGoodIdentityWhenNewFilesAreBroken() throws Exception {
    String before = connect("localhost");
    Files.writeString(clientFolder.keyFile(), "broken");
    Thread.sleep(1_100); // files are looked at once a second
    assertThat(connect("localhost")).isEqualTo(before);
  }

  @Test
  void demandsCertificatesAndOffersNoOldProtocol() {
    SSLEngine engine = broker.createServerSslEngine("127.0.0.1", 1);
    assertThat(engine.getNeedClientAuth()).isTrue();
    assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> new ReloadingSslEngineFactory().configure(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("swarm.identity.folder is not set");
    IdentityFolder none = IdentityFolder.at(temp.resolve("none"));
    assertThatThrownBy(() -> factory(none))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("none/key.pem cannot be read");
    Files.writeString(clientFolder.keyFile(), "-----BEGIN RSA PRIVATE KEY-----\n");
    assertThatThrownBy(() -> factory(clientFolder)).hasMessageContaining("openssl pkcs8 -topk8");
  }

  @Test
  void isRebuiltForAnotherFolderOnly() {
    assertThat(
            client.shouldBeRebuilt(Map.of("swarm.identity.folder", clientFolder.path().toString())))
        .isFalse();
    assertThat(client.shouldBeRebuilt(Map.of("swarm.identity.folder", "/elsewhere"))).isTrue();
  }
}
