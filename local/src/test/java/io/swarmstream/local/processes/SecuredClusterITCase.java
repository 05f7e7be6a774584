package io.swarmstream.local.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in which every connection is authenticated on both ends. */
class SecuredClusterITCase {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final ModelLayout LAYOUT = ModelLayout.flat(100);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final String CONTRACT = "digits";
  private static final int SITES = 3;

  @TempDir static Path folder;

  private static ProcessCluster cluster;
  private static final AtomicReference<DevelopmentNode> NODE = new AtomicReference<>();

  @BeforeAll
  static void up() throws Exception {
    cluster =
        ProcessCluster.at(
            options().withAnyPorts().withSecured(new Secured("hospital-a", "127.0.0.1")),
            (options, files, ports) -> {
              NODE.set(new DevelopmentNode(options, files, ports));
              return node();
            });
    cluster.up(Steps.silent());
  }

  private static ClusterOptions options() throws Exception {
    try (Stream<Path> jars = Files.list(ROOT.resolve("jobs/target"))) {
      Path jar =
          jars.filter(file -> file.toString().endsWith("-flink.jar")).findFirst().orElseThrow();
      return ClusterOptions.of(folder.resolve("cluster"), ROOT.resolve("deploy"), jar);
    }
  }

  @AfterAll
  static void down() throws Exception {
    cluster.stopProcesses(Steps.silent());
  }

  @Test
  void trainsThroughTheLossOfEachPartAndTheRenewalOfCertificates() throws Exception {
    assertThat(cluster.status().isWhole()).isTrue();
    createContract();
    List<SwarmSite> sites = new ArrayList<>();
    try {
      for (int site = 1; site <= SITES; site++) {
        sites.add(SwarmSite.join(site(site), SiteKey.ofSeed(site)));
      }
      round(sites, 0);
      Part leader = cluster.leader().orElseThrow();
      for (Part part : List.of(Part.TASKMANAGER_1, leader, Part.KAFKA, Part.ZOOKEEPER)) {
        cluster.kill(part);
        cluster.start(part);
        round(
            sites,
            1 + List.of(Part.TASKMANAGER_1, leader, Part.KAFKA, Part.ZOOKEEPER).indexOf(part));
      }
      cluster.renewCertificates();
      round(sites, 5);
    } finally {
      sites.forEach(SwarmSite::close);
    }
  }

  private static DevelopmentNode node() {
    return Objects.requireNonNull(NODE.get());
  }

  private static SiteOptions site(int number) throws Exception {
    Path identity = folder.resolve("site-" + number);
    Identity issued = node().issue("site-" + number, List.of());
    IdentityFolder.at(identity).write(issued);
    node().grant(DocumentedAcls.of("site", ClusterIdentities.principal(identity)));
    SwarmProperties swarm = cluster.properties();
    return SiteOptions.of(
        CONTRACT,
        KafkaEndpoint.secured(swarm.kafka(), identity),
        swarm.chainOptions().withTls(identity));
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
        owner
            .administration()
            .enrolSite(CONTRACT, SiteKey.ofSeed(site).address(), "site-" + site, 10);
      }
    }
  }

  private static void round(List<SwarmSite> sites, long round) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(sites.size());
    try {
      List<Future<Merged>> all = new ArrayList<>();
      for (int i = 0; i < sites.size(); i++) {
        SwarmSite site = sites.get(i);
        float[] weights = constant((float) (round + i - 1));
        all.add(threads.submit(() -> site.sync(weights, TrainingReport.empty(), DEADLINE)));
      }
      for (Future<Merged> each : all) {
        assertThat(each.get().round()).isEqualTo(round);
        assertThat(each.get().participated()).isTrue();
        assertThat(each.get().weights()).isEqualTo(constant((float) round));
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
