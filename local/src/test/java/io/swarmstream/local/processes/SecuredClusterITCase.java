package io.swarmstream.local.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.DocumentedAcls;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
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
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
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

  @TempDir static Path folder;

  private static ProcessCluster cluster;

  @BeforeAll
  static void up() throws Exception {
    cluster = SecuredCluster.shared();
  }

  @Test
  void trainsThroughTheLossOfPartsAndTheRenewalOfCertificates() throws Exception {
    assertThat(cluster.status().isWhole()).isTrue();
    createContract();
    List<SwarmSite> sites = new ArrayList<>();
    try {
      for (int site = 1; site <= SITES; site++) {
        sites.add(join(site));
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
    } finally {
      sites.forEach(SwarmSite::close);
    }
    assertThat(verify().status()).isEqualTo(RoundVerdict.Status.PROVEN);
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
  private static SwarmSite join(int number) throws Exception {
    SwarmProperties swarm = new OwnSites(cluster.folder()).connection(name(number));
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(rights(principal(swarm)))
                    .containsExactlyInAnyOrderElementsOf(
                        DocumentedAcls.of("site", principal(swarm))));
    return SwarmSite.join(
        SiteOptions.of(CONTRACT, swarm.kafkaEndpoint(), swarm.chainOptions()),
        SiteKey.ofSeed(number));
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

  private static void createContract() throws Exception {
    SwarmProperties swarm = cluster.properties();
    new ContractTopics(swarm.kafkaEndpoint(), TopicOptions.defaults()).create(CONTRACT, DEADLINE);
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      owner
          .administration()
          .createContract(
              new ContractTerms(
                  CONTRACT,
                  owner.network(),
                  "mean",
                  SITES,
                  5_000,
                  100,
                  30,
                  Encoding.FLOAT32,
                  LAYOUT.hash().hex()),
              LAYOUT,
              cluster.coordinator().address());
      for (int site = 1; site <= SITES; site++) {
        new OwnSites(cluster.folder()).admit(name(site), SiteKey.ofSeed(site));
        owner.administration().enrolSite(CONTRACT, SiteKey.ofSeed(site).address(), name(site), 10);
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
