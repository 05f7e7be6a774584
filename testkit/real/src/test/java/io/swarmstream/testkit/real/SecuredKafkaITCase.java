package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.log.BrokerProbe;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.embedded.EmbeddedKafkaOptions;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.ReloadingTls;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that knows clients by their keys, and clients with certificates of all kinds. */
class SecuredKafkaITCase {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOPIC = "notes";

  @TempDir static Path temp;
  private static CertificateAuthority authority;
  private static IdentityFolder brokerFolder;
  private static EmbeddedKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
    brokerFolder = folder("broker", authority.issueFor("broker", List.of("localhost")));
    IdentityFolder adminFolder = folder("admin", authority.issueFor("admin", List.of()));
    kafka =
        EmbeddedKafka.start(
            EmbeddedKafkaOptions.defaults()
                .withIdentity(brokerFolder.path(), List.of(adminFolder.read().keyHash()))
                .withSetting("connections.max.idle.ms", "1000"));
    admin = Admin.create(endpoint(adminFolder).properties(Map.of(), Map.of()));
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
  }

  @AfterAll
  static void stop() {
    admin.close(Duration.ZERO);
    kafka.close();
  }

  private static IdentityFolder folder(String name, Identity identity) throws Exception {
    IdentityFolder folder = IdentityFolder.at(temp.resolve(name));
    folder.write(identity);
    return folder;
  }

  private static KafkaEndpoint endpoint(IdentityFolder folder) {
    return KafkaEndpoint.secured(kafka.bootstrapServers(), folder.path());
  }

  private static KafkaProducer<byte[], byte[]> producer(IdentityFolder folder) {
    return new KafkaProducer<>(
        endpoint(folder).properties(Map.of(), Map.of("max.block.ms", "15000")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer) throws Throwable {
    try {
      var unused = producer.send(new ProducerRecord<>(TOPIC, new byte[1])).get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static AclBinding mayWrite(String keyHash) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, TOPIC, PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + keyHash, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
  }

  private static void allow(String keyHash) throws Exception {
    admin.createAcls(List.of(mayWrite(keyHash))).all().get();
  }

  @Test
  void letsTheKeyWithTheRightWriteAndNoOther() throws Throwable {
    IdentityFolder right = folder("right", authority.issueFor("site-1", List.of()));
    IdentityFolder wrong = folder("wrong", authority.issueFor("site-1", List.of()));
    allow(right.read().keyHash());
    try (KafkaProducer<byte[], byte[]> may = producer(right);
        KafkaProducer<byte[], byte[]> mayNot = producer(wrong)) {
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThatCode(() -> send(may)).doesNotThrowAnyException());
      assertThatThrownBy(() -> send(mayNot)).isInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void takesARightAwayOnAnOpenConnection() throws Throwable {
    IdentityFolder site = folder("revoked", authority.issueFor("site-2", List.of()));
    allow(site.read().keyHash());
    try (KafkaProducer<byte[], byte[]> producer = producer(site)) {
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThatCode(() -> send(producer)).doesNotThrowAnyException());
      admin.deleteAcls(List.of(mayWrite(site.read().keyHash()).toFilter())).all().get();
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> send(producer))
                      .isInstanceOf(TopicAuthorizationException.class));
    }
  }

  @Test
  void aRunningClientLosesNothingWhenItsKeyIsReplaced() throws Throwable {
    IdentityFolder site = folder("renewed", authority.issueFor("site-3", List.of()));
    String oldKey = site.read().keyHash();
    Identity next = authority.issueFor("site-3", List.of());
    allow(oldKey);
    try (KafkaProducer<byte[], byte[]> producer = producer(site)) {
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThatCode(() -> send(producer)).doesNotThrowAnyException());
      site.write(next);
      sendFor(producer, Duration.ofSeconds(3)); // the network node takes a moment to give rights
      allow(next.keyHash());
      sendFor(producer, Duration.ofSeconds(12));
      admin.deleteAcls(List.of(mayWrite(oldKey).toFilter())).all().get();
      sendFor(producer, Duration.ofSeconds(3));
    }
  }

  /** Sends all the time, so that no connection ends because it is idle. */
  private static void sendFor(KafkaProducer<byte[], byte[]> producer, Duration duration)
      throws Throwable {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      send(producer);
      Thread.sleep(50);
    }
  }

  @Test
  void aRunningBrokerPresentsItsRenewedCertificateAndKeepsItsKey() throws Exception {
    X509Certificate before = brokersCertificate();
    brokerFolder.write(authority.renew(brokerFolder.read(), List.of("localhost")));
    await().atMost(SOON).until(() -> !brokersCertificate().equals(before));
    assertThat(brokersCertificate()).isEqualTo(brokerFolder.read().leaf());
    assertThat(KeyHash.of(brokersCertificate())).isEqualTo(KeyHash.of(before));
    // Requests that change metadata go from the broker to its controller, over TLS as well.
    admin.createTopics(List.of(new NewTopic("after-renewal", 1, (short) 1))).all().get();
  }

  private static X509Certificate brokersCertificate() throws Exception {
    IdentityFolder looker = IdentityFolder.at(temp.resolve("admin"));
    int port = Integer.parseInt(kafka.bootstrapServers().split(":", -1)[1]);
    try (SSLSocket socket =
        (SSLSocket) ReloadingTls.of(looker).socketFactory().createSocket("localhost", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void saysThatABrokerSpeaksTls() {
    KafkaEndpoint plain = KafkaEndpoint.of(kafka.bootstrapServers());
    assertThatThrownBy(
            () ->
                new ContractTopics(plain, TopicOptions.defaults())
                    .create("digits", Duration.ofSeconds(2)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("speaks TLS, but this client does not");
  }

  @Test
  void saysThatABrokerDoesNotSpeakTls() {
    KafkaEndpoint secured =
        KafkaEndpoint.secured(SharedKafka.endpoint().bootstrapServers(), temp.resolve("admin"));
    assertThatThrownBy(
            () ->
                new ContractTopics(secured, TopicOptions.defaults())
                    .create("digits", Duration.ofSeconds(2)))
        .hasMessageContaining("does not speak TLS, but this client does");
  }

  @Test
  void refusesAClientWithoutACertificate() {
    KafkaEndpoint without =
        new KafkaEndpoint(
            kafka.bootstrapServers(),
            Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", brokerFolder.authoritiesFile().toString()));
    assertThat(problem(without)).contains("refuses this client's certificate");
  }

  @Test
  void refusesTheCertificateOfAnotherAuthorityAndSaysWhatToCheck() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("other"), "Hospital B");
    IdentityFolder foreign =
        folder(
            "foreign",
            other.issueFor("site-4", List.of()).withAuthorities(List.of(authority.certificate())));
    assertThat(problem(endpoint(foreign)))
        .contains("the broker refuses this client's certificate in " + foreign.path())
        .contains("ca.pem");
    IdentityFolder distrusting =
        folder(
            "distrusting",
            authority.issueFor("site-4", List.of()).withAuthorities(List.of(other.certificate())));
    assertThat(problem(endpoint(distrusting)))
        .contains("does not know the authority of the broker's certificate");
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    Clock past = Clock.fixed(Instant.now().minus(Duration.ofDays(100)), ZoneOffset.UTC);
    IdentityFolder expired =
        folder("expired", authority.withClock(past).issueFor("site-5", List.of()));
    assertThat(problem(endpoint(expired))).contains("must not have expired");
  }

  @Test
  void namesTheKeyThatLacksARight() throws Exception {
    IdentityFolder site = folder("site-6", authority.issueFor("site-6", List.of()));
    assertThatThrownBy(
            () ->
                new ContractTopics(endpoint(site), TopicOptions.defaults()).create("digits", SOON))
        .isInstanceOf(MissingRightException.class)
        .hasMessageContaining("User:" + site.read().keyHash());
  }

  @Test
  void tellsABrokerForAnotherHost() throws Exception {
    KafkaEndpoint byAddress =
        KafkaEndpoint.secured(
            kafka.bootstrapServers().replace("localhost", "127.0.0.1"), temp.resolve("admin"));
    assertThat(problem(byAddress)).contains("for another host");
  }

  private static String problem(KafkaEndpoint endpoint) {
    try (BrokerProbe probe = new BrokerProbe(endpoint, Duration.ofSeconds(10))) {
      return probe.problem().orElse("none");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
