package io.swarmstream.local.processes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.testkit.ChainState;
import io.swarmstream.testkit.ListeningSockets;
import io.swarmstream.testkit.MonitoredMetrics;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cluster that users start, and what is done to it as a whole in the middle of a round. Its
 * processes are killed one by one in {@code ChaosITCase}.
 */
class ClusterITCase {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final ModelLayout LAYOUT = ModelLayout.flat(100);
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir static Path folder;

  private static ProcessCluster cluster;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** What happens between the contributions of the two sites. */
  private interface Event {
    void happens() throws Exception;
  }

  @BeforeAll
  static void up() throws Exception {
    cluster = ProcessCluster.at(options().withAnyPorts());
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

  @AfterEach
  void stopSites() {
    thread.shutdownNow();
  }

  @Test
  void goesOnInTheMiddleOfARoundAfterAnUpgradeAStopAndTheLossOfAll() throws Exception {
    assertThat(cluster.status().isWhole()).isTrue();
    createContract();
    SwarmProperties swarm = cluster.properties();
    SiteOptions site = SiteOptions.of("c", swarm.kafkaEndpoint(), swarm.chainOptions());
    try (SwarmSite one = SwarmSite.join(site, SiteKey.ofSeed(1));
        SwarmSite two = SwarmSite.join(site, SiteKey.ofSeed(2))) {
      round(one, two, 0, () -> {});
      reportsWhatDashboardAndAlertsName();

      assertThat(cluster.leader()).isPresent();
      round(one, two, 1, () -> cluster.upgrade(4));
      assertThat(cluster.mainJob().orElseThrow().tasks()).isGreaterThan(30);

      round(
          one,
          two,
          2,
          () -> {
            cluster.down(Steps.silent());
            assertThat(cluster.isAlive(Part.KAFKA)).isFalse();
            restoreACopyOfTheData();
            cluster.up(Steps.silent());
          });

      round(
          one,
          two,
          3,
          () -> {
            Arrays.stream(Part.values()).forEach(cluster::kill);
            assertThat(cluster.status().processes())
                .allSatisfy(
                    part -> {
                      assertThat(part.answers()).isFalse();
                      assertThat(part.downSince()).isPresent();
                    });
            cluster.up(Steps.silent());
          });
    }
  }

  @Test
  void refusesWrongOptionsOfTheJob() throws Exception {
    List<String> run =
        List.of(
            ROOT.resolve("deploy/flink/bin/flink").toString(),
            "run",
            "-d",
            options().jobJar().toString());
    Program flink = new Program(folder.resolve("flink.log"));
    Map<String, String> conf =
        Map.of("FLINK_CONF_DIR", folder.resolve("cluster/conf/flink").toString());
    Program.End help =
        flink.run(Stream.concat(run.stream(), Stream.of("--help")).toList(), conf, DEADLINE);
    assertThat(help.exitCode()).as(help.output()).isZero();
    assertThat(help.output()).contains("--coordinator-key-file");
    Program.End missing =
        flink.run(
            Stream.concat(run.stream(), Stream.of("--kafka", "localhost:1")).toList(),
            conf,
            DEADLINE);
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.output()).contains("--chain");
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    List<ListeningSockets.Socket> sockets = new ArrayList<>();
    for (ClusterStatus.PartStatus part : cluster.status().processes()) {
      List<ListeningSockets.Socket> own =
          ListeningSockets.of(ProcessHandle.of(part.pid().orElseThrow()).orElseThrow());
      assertThat(own).as(part.label()).isNotEmpty();
      sockets.addAll(own);
    }
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.isLoopback()).isTrue());
  }

  @Test
  void runsNoCodeOfWebPages() throws Exception {
    Intruder page = new Intruder(folder.resolve("intruded"));
    List<Integer> answers = new ArrayList<>();
    for (ClusterStatus.PartStatus part : cluster.status().processes()) {
      if (part.label().startsWith("jobmanager")) {
        for (String url : List.of(part.address(), part.address().replace("https", "http"))) {
          answers.addAll(page.runsAJar(url));
          answers.addAll(page.submitsAJob(url));
        }
      }
    }
    // A job that was taken runs within this time.
    Duration taken = Duration.ofSeconds(3);
    await().during(taken).atMost(taken.multipliedBy(2)).until(() -> !page.hasIntruded());
    assertThat(answers).isEmpty();
    assertThat(cluster.status().isWhole()).isTrue();
  }

  @Test
  void showsNobodyElseItsFilesOrPasswords() throws Exception {
    Path all = folder.resolve("cluster");
    try (Stream<Path> files = Files.walk(all)) {
      for (Path file : files.toList()) {
        try {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .endsWith("------");
        } catch (NoSuchFileException e) {
          // Of a checkpoint that is gone.
        }
      }
    }
    String password = Files.readString(all.resolve("conf/rest.password")).strip();
    String key = Files.readString(all.resolve("conf/coordinator.key")).strip();
    for (ClusterStatus.PartStatus part : cluster.status().processes()) {
      Path process = Path.of("/proc/" + part.pid().orElseThrow());
      assertThat(Files.readString(process.resolve("cmdline"), ISO_8859_1))
          .doesNotContain(password, key.substring(2));
      assertThat(Files.readString(process.resolve("environ"), ISO_8859_1))
          .doesNotContain(password, key.substring(2));
    }
  }

  /** What docs/backup.md says of a copy that is made while nothing runs. */
  private static void restoreACopyOfTheData() throws Exception {
    Path data = folder.resolve("cluster/data");
    Path copy = folder.resolve("copy");
    Program program = new Program(folder.resolve("copy.log"));
    program.require(List.of("cp", "-a", data.toString(), copy.toString()), Map.of(), DEADLINE);
    program.require(List.of("rm", "-r", data.toString()), Map.of(), DEADLINE);
    program.require(List.of("cp", "-a", copy.toString(), data.toString()), Map.of(), DEADLINE);
    program.require(List.of("rm", "-r", copy.toString()), Map.of(), DEADLINE);
  }

  /** Until the open round's first notice, some of them are missing. */
  private static void reportsWhatDashboardAndAlertsName() throws Exception {
    MetricsOfProcesses metrics = new MetricsOfProcesses(folder.resolve("cluster/logs"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(MonitoredMetrics.reportedBy(metrics.scrape()))
                    .containsAll(MonitoredMetrics.startingWith("flink_")));
    assertThat(metrics.scrape())
        .containsPattern("contract_roundsSealed\\{[^}]*contract=\"c\"[^}]*} 1.0")
        .containsPattern("contract_round\\{[^}]*contract=\"c\"[^}]*} 1.0")
        .containsPattern("contract_liveSites\\{[^}]*contract=\"c\"[^}]*} 2.0");
  }

  private void createContract() throws Exception {
    SwarmProperties swarm = cluster.properties();
    new ContractTopics(swarm.kafkaEndpoint(), TopicOptions.defaults()).create("c", DEADLINE);
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      owner
          .administration()
          .createContract(
              new ContractTerms(
                  "c",
                  owner.network(),
                  "geomedian",
                  2,
                  5_000,
                  100,
                  30,
                  DeltaEncoding.FLOAT32,
                  LAYOUT.hash().hex()),
              LAYOUT,
              cluster.coordinator().address());
      for (int seed = 1; seed <= 2; seed++) {
        owner.administration().enrolSite("c", SiteKey.ofSeed(seed).address(), "site-" + seed, 10);
      }
      // The chain is killed below.
      long newest = owner.newestBlock();
      Path state = folder.resolve("cluster/data/chain/state.json");
      await().until(() -> ChainState.newestBlock(state) >= newest);
    }
  }

  private void round(SwarmSite one, SwarmSite two, int round, Event event) throws Exception {
    float before = 2 * round;
    Sent sent =
        one.contribute(FlatVector.of(constant(before + 1)), TrainingReport.empty(), DEADLINE);
    Future<Merged> first = thread.submit(() -> one.await(sent, DEADLINE));
    event.happens();
    Merged second = two.sync(constant(before + 3), TrainingReport.empty(), DEADLINE);
    for (Merged merged : List.of(first.get(), second)) {
      assertThat(merged.round()).isEqualTo(round);
      assertThat(merged.participated()).isTrue();
      assertThat(merged.weights()).isEqualTo(constant(before + 2));
    }
  }

  private static float[] constant(float value) {
    float[] weights = new float[100];
    Arrays.fill(weights, value);
    return weights;
  }
}
