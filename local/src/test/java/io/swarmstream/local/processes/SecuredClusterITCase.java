package io.swarmstream.local.processes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.RotationText;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.network.AnchorInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.RotationRequest;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.DocumentedAcls;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.RoundVerdict;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster in which every connection is authenticated on both ends, in the middle of a training.
 */
class SecuredClusterITCase {
  private static final ModelLayout LAYOUT = ModelLayout.flat(100);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final String CONTRACT = "digits";
  private static final int SITES = 3;
  private static final int MAX_WEIGHT = 10;
  private static final Class<?> REFUSED = TopicAuthorizationException.class;

  @TempDir static Path folder;

  private static ProcessCluster cluster;

  @BeforeAll
  static void up() throws Exception {
    cluster = SecuredCluster.shared();
  }

  @Test
  void trainsThroughTheLossOfPartsAndTheRenewalOfCertificates() throws Exception {
    assertThat(cluster.status().isWhole()).isTrue();
    createContract(CONTRACT, SITES, 1, 2, 3);
    List<SwarmSite> sites = new ArrayList<>();
    try {
      for (int site = 1; site <= SITES; site++) {
        sites.add(join(site, SiteKey.ofSeed(site)));
      }
      round(sites, 0);

      kill(Part.TASKMANAGER_1);
      round(sites, 1);
      kill(cluster.leader().orElseThrow());
      round(sites, 2);
      kill(Part.KAFKA);
      round(sites, 3);
      kill(Part.NETWORK);
      round(sites, 4); // the chain may be late
      cluster.awaitUp(Part.NETWORK);

      BigInteger before = certificateOfTheBroker();
      cluster.renewCertificates();
      await()
          .atMost(DEADLINE)
          .untilAsserted(() -> assertThat(certificateOfTheBroker()).isNotEqualTo(before));
      round(sites, 5);

      SiteKey account = SiteKey.ofSeed(101);
      sites.get(0).close();
      moveToAnotherAccount(1, account);
      sites.set(0, join(1, account));
      round(sites, 6);
      keepsItsPlace(account);

      cluster.upgrade(2);
      round(sites, 7);
      isShownByTheNetworkNode(8);
    } finally {
      sites.forEach(SwarmSite::close);
    }
    assertThat(verify().status()).isEqualTo(RoundVerdict.Status.PROVEN);
  }

  /** As 'swarm site rotate-account' does while the site's node does not run. */
  private static void moveToAnotherAccount(int number, SiteKey next) throws Exception {
    SiteKey previous = SiteKey.ofSeed(number);
    RotationText text;
    try (ChainClient chain = ChainClient.reading(cluster.properties().chainOptions())) {
      text = chain.members().rotationText(previous.address(), next.address());
    }
    MemberInfo moved =
        networkNode(Objects.requireNonNull(connection(number).identity()))
            .rotate(
                new RotationRequest(
                    previous.address(),
                    next.address(),
                    HexFormat.of().formatHex(previous.sign(text.digest())),
                    HexFormat.of().formatHex(next.sign(text.digest()))));
    assertThat(moved.account()).isEqualTo(next.address());
  }

  /** Name and weight stay; the former account has no place any more. */
  private static void keepsItsPlace(SiteKey account) {
    try (ChainClient chain = ChainClient.reading(cluster.properties().chainOptions())) {
      assertThat(chain.registry().sites(CONTRACT))
          .hasSize(SITES)
          .contains(new Enrolment(account.address(), name(1), MAX_WEIGHT))
          .noneMatch(site -> site.address().equals(SiteKey.ofSeed(1).address()));
    }
  }

  private static NetworkClient networkNode(Path identity) {
    URI node = URI.create(cluster.properties().chain()).resolve("/");
    return new NetworkClient(List.of(node), ReloadingTls.of(identity).context());
  }

  private static void isShownByTheNetworkNode(int rounds) {
    NetworkClient node = networkNode(Objects.requireNonNull(cluster.properties().identity()));
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(node.anchors(CONTRACT, 100))
                    .extracting(AnchorInfo::round)
                    .isEqualTo(LongStream.range(0, rounds).boxed().toList()));
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(node.performance(CONTRACT).sites())
                    .hasSize(SITES)
                    .allSatisfy(site -> assertThat(site.round()).isEqualTo(rounds - 1L)));
    assertThat(node.performance(CONTRACT).leader()).isNotNull();
  }

  @Test
  void aSiteReachesNoMoreThanItsPartOfItsOwnContract() throws Exception {
    createContract("attacked", 1, 7);
    createContract("private", 1, 8);
    SwarmProperties swarm = connection(7);
    KafkaEndpoint site = swarm.kafkaEndpoint();
    await().atMost(DEADLINE).untilAsserted(() -> assertThat(rights(principal(swarm))).isNotEmpty());

    assertThat(write(site, Topic.DELTAS.of("attacked"))).isEmpty();
    for (Topic topic : List.of(Topic.MODELS, Topic.ROUNDS, Topic.REJECTIONS)) {
      assertThat(write(site, topic.of("attacked"))).get().isInstanceOf(REFUSED);
    }
    assertThat(write(site, Topic.DELTAS.of("private"))).get().isInstanceOf(REFUSED);
    assertThat(read(site, Topic.MODELS.of("attacked"))).isEmpty();
    for (String topic :
        List.of(
            Topic.DELTAS.of("attacked"), Topic.DELTAS.of("private"), Topic.MODELS.of("private"))) {
      assertThat(read(site, topic)).as(topic).get().isInstanceOf(REFUSED);
    }
  }

  private static Optional<Throwable> write(KafkaEndpoint kafka, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.properties(Map.of(), Map.of("enable.idempotence", "false")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, new byte[1])).get(30, SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause());
    }
  }

  private static Optional<Throwable> read(KafkaEndpoint kafka, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.properties(Map.of(), Map.of("auto.offset.reset", "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      var unused = consumer.poll(Duration.ofSeconds(3));
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of(e);
    }
  }

  @Test
  void staysTheKindOfClusterThatItIs() throws Exception {
    ClusterOptions plain =
        ClusterOptions.of(
            cluster.folder(), SecuredCluster.ROOT.resolve("deploy"), Path.of("job.jar"));

    assertThat(ProcessCluster.at(plain).parts()).isEqualTo(Part.of(true));
    assertThatThrownBy(
            () -> ProcessCluster.at(plain.withSecured(new Secured("another", Secured.ANY_HOST))))
        .hasMessageContaining("name another --folder");
  }

  private static void kill(Part part) throws Exception {
    cluster.kill(part);
    cluster.start(part);
  }

  /** Joins with an identity of its own, once the network node has seen to its rights in Kafka. */
  private static SwarmSite join(int number, SiteKey account) throws Exception {
    SwarmProperties swarm = connection(number);
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(rights(principal(swarm)))
                    .containsExactlyInAnyOrderElementsOf(
                        DocumentedAcls.of("site", principal(swarm))));
    return SwarmSite.join(
        SiteOptions.of(CONTRACT, swarm.kafkaEndpoint(), swarm.chainOptions()), account);
  }

  private static SwarmProperties connection(int number) {
    return new OwnSites(cluster.folder()).connection(name(number));
  }

  private static String principal(SwarmProperties swarm) {
    return ClusterIdentities.principal(Objects.requireNonNull(swarm.identity()));
  }

  private static List<AclBinding> rights(String principal) throws Exception {
    try (Admin admin =
        Admin.create(cluster.properties().kafkaEndpoint().properties(Map.of(), Map.of()))) {
      return List.copyOf(
          admin
              .describeAcls(
                  new AclBindingFilter(
                      ResourcePatternFilter.ANY,
                      new AccessControlEntryFilter(
                          principal, null, AclOperation.ANY, AclPermissionType.ANY)))
              .values()
              .get());
    }
  }

  private static String name(int site) {
    return "site-" + site;
  }

  private static void createContract(String name, int minPeers, int... sites) throws Exception {
    SwarmProperties swarm = cluster.properties();
    new ContractTopics(swarm.kafkaEndpoint(), TopicOptions.defaults()).create(name, DEADLINE);
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      owner
          .administration()
          .createContract(
              new ContractTerms(
                  name,
                  owner.network(),
                  "mean",
                  minPeers,
                  5_000,
                  100,
                  30,
                  DeltaEncoding.FLOAT32,
                  LAYOUT.hash().hex()),
              LAYOUT,
              cluster.coordinator().address());
      for (int site : sites) {
        SiteKey account = SiteKey.ofSeed(site);
        new OwnSites(cluster.folder()).admit(name(site), account);
        owner.administration().enrolSite(name, account.address(), name(site), MAX_WEIGHT);
      }
    }
  }

  private static BigInteger certificateOfTheBroker() throws Exception {
    SwarmProperties swarm = cluster.properties();
    String[] address = swarm.kafka().split(":", -1);
    ReloadingTls tls = ReloadingTls.of(Objects.requireNonNull(swarm.identity()));
    try (SSLSocket socket =
        (SSLSocket) tls.socketFactory().createSocket(address[0], Integer.parseInt(address[1]))) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  private static Verification verify() throws Exception {
    SwarmProperties swarm = cluster.properties();
    return new Verifier(
            new VerifyOptions(
                CONTRACT,
                OptionalLong.empty(),
                swarm.kafkaEndpoint(),
                swarm.chainOptions(),
                DEADLINE),
            VerifyJob.inThisProcess(OptionalInt.of(1), folder),
            Progress.none())
        .run();
  }

  private static void round(List<SwarmSite> sites, int round) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(sites.size());
    try {
      List<Future<Merged>> all = new ArrayList<>();
      for (int i = 0; i < sites.size(); i++) {
        SwarmSite site = sites.get(i);
        float[] weights = constant(round + i - 1f);
        all.add(threads.submit(() -> site.sync(weights, TrainingReport.empty(), DEADLINE)));
      }
      for (Future<Merged> each : all) {
        assertThat(each.get().round()).isEqualTo(round);
        assertThat(each.get().participated()).isTrue();
        assertThat(each.get().weights()).isEqualTo(constant(round));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] constant(float value) {
    float[] weights = new float[100];
    Arrays.fill(weights, value);
    return weights;
  }
}
