package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A swarm whose Kafka wants TLS, passwords and ACLs: the documented ones suffice, and whoever lacks
 * one of them is told which.
 */
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessRightsITCase {
  private static final String CONTRACT = "digits";
  private static final int PARAMETERS = 10;
  private static final ModelLayout LAYOUT = ModelLayout.flat(PARAMETERS);
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Longer than an honest refusal takes, shorter than any deadline of a client. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  @TempDir static Path folder;

  private static SecuredKafka kafka;
  private static Anvil anvil;
  private static ChainOptions chain;
  private static ChainClient owner;
  private static LocalCluster cluster;
  private static KafkaEndpoint job;
  private static KafkaEndpoint site;
  private static KafkaEndpoint auditor;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(folder);
    anvil = Anvil.start(Anvil.Options.DEFAULT);
    SiteKey ownerKey = SiteKey.ofHex(anvil.devKeys().get(0));
    chain = ChainDeployment.deploy(anvil.url(), ownerKey).withPollInterval(Duration.ofMillis(50));
    owner = ChainClient.signing(chain, ownerKey);
    job = kafka.user("swarm-job");
    site = kafka.user("hospital-a");
    auditor = kafka.user("auditor");
    kafka.grant(documented("job", right -> !isTopic(right)));
    LocalSwarmOptions options = LocalSwarmOptions.defaults();
    cluster =
        LocalCluster.start(
            options,
            new SwarmJobOptions(
                SwarmJobOptions.DEFAULT_ID,
                job,
                TopicOptions.defaults(),
                chain,
                SigningKey.ofDevelopmentKey(anvil.devKeys().get(1)),
                new SwarmJobOptions.Intervals(options.checkpointInterval(), Duration.ofMillis(500)),
                Optional.empty()),
            folder);
  }

  @AfterAll
  static void stop() throws Exception {
    endJob();
    owner.close();
    anvil.close();
    kafka.close();
  }

  private static void endJob() throws Exception {
    if (cluster.flink().isRunning()) {
      cluster.close();
    }
  }

  private static boolean isTopic(AclBinding right) {
    return right.pattern().name().startsWith(CONTRACT);
  }

  private static List<AclBinding> documented(String role, Predicate<AclBinding> which)
      throws Exception {
    return DocumentedAcls.of(role).stream().filter(which).toList();
  }

  /** The contract stands on the chain for a while before the job may do anything with it. */
  @Test
  @Order(1)
  void theDocumentedRightsSufficeEvenWhenTheyComeLate() throws Exception {
    kafka.grant(documented("site", right -> true));
    kafka.grant(documented("verify", right -> true));
    owner
        .administration()
        .createContract(terms(), LAYOUT, SiteKey.ofHex(anvil.devKeys().get(1)).address());
    for (int seed = 1; seed <= 2; seed++) {
      owner
          .administration()
          .enrolSite(CONTRACT, SiteKey.ofSeed(seed).address(), "site-" + seed, 100);
    }
    assertThat(catchThrowable(() -> ContractLog.ofAllSites(site, CONTRACT, Duration.ofSeconds(3))))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("digits.rounds does not exist");

    kafka.grant(documented("job", AccessRightsITCase::isTopic));

    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (SwarmSite one = join(1);
        SwarmSite other = join(2)) {
      for (int round = 0; round < 3; round++) {
        List<Future<Merged>> merged = new ArrayList<>();
        for (SwarmSite each : List.of(one, other)) {
          merged.add(
              threads.submit(
                  () -> each.sync(Sites.constant(PARAMETERS, 1), Sites.report(), DEADLINE)));
        }
        for (Future<Merged> each : merged) {
          assertThat(each.get(DEADLINE.toSeconds() + 10, TimeUnit.SECONDS).participated()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
    Verification verification = verify();
    assertThat(verification.status()).isEqualTo(Status.PROVEN);
    assertThat(verification.rounds()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deltas", "models", "rounds"})
  @Order(2)
  void aVerificationThatMayNotReadATopicEndsAtOnceAndSaysSo(String topic) throws Exception {
    without(
        "verify",
        topic,
        AclOperation.READ,
        () ->
            assertThat(timed(AccessRightsITCase::verify))
                .isInstanceOf(MissingRightException.class)
                .hasMessageContaining("User:auditor READ")
                .hasMessageContaining("digits." + topic)
                .hasMessageContaining("kafka-acls.sh"));
  }

  @Test
  @Order(2)
  void aSiteThatMayNotWriteDeltasIsToldSo() throws Exception {
    without(
        "site",
        "deltas",
        AclOperation.WRITE,
        () -> {
          try (SwarmSite one = join(1)) {
            Throwable told =
                timed(() -> one.sync(Sites.constant(PARAMETERS, 2), Sites.report(), DEADLINE));
            assertThat(MissingRightException.isIn(told)).isTrue();
            assertThat(told).hasMessageContaining("User:hospital-a WRITE topic digits.deltas");
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"sites,WRITE", "models,READ", "rounds,READ", "rejections,READ"})
  @Order(2)
  void aSiteThatLacksARightIsToldWhenItJoins(String topic, AclOperation right) throws Exception {
    without(
        "site",
        topic,
        right,
        () -> {
          Throwable told = timed(() -> join(1));
          assertThat(MissingRightException.isIn(told)).as("%s", told).isTrue();
          assertThat(told).hasMessageContaining("User:hospital-a " + right);
          assertThat(told).hasMessageContaining("digits." + topic);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "deltas,READ",
    "sites,READ",
    "models,READ",
    "rounds,READ",
    "models,WRITE",
    "rounds,WRITE",
    "rejections,WRITE",
    "deltas,DESCRIBE_CONFIGS"
  })
  @Order(3)
  void theJobIsToldEachRightThatItLacks(String topic, AclOperation right) throws Exception {
    endJob(); // a right taken from a job at work would stop it
    without(
        "job",
        topic,
        right,
        () -> {
          ContractTopics topics = new ContractTopics(job, TopicOptions.defaults());
          assertThat(timed(() -> topics.createForJob(CONTRACT, Topic.always(), AT_ONCE)))
              .isInstanceOf(MissingRightException.class)
              .hasMessageContaining("User:swarm-job " + right)
              .hasMessageContaining("digits." + topic);
        });
  }

  @Test
  @Order(4)
  void aWrongPasswordIsNoSilentBroker() throws Exception {
    Map<String, String> properties = new HashMap<>(site.clientProperties());
    properties.replace(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"hospital-a\" password=\"x\";");
    KafkaEndpoint wrong = new KafkaEndpoint(site.bootstrapServers(), properties);
    Throwable told = timed(() -> SwarmSite.join(options(wrong), SiteKey.ofSeed(1)));
    assertThat(told).isInstanceOf(MissingRightException.class).hasMessageContaining("sasl.*");
  }

  private interface Step<T> {
    T run() throws Exception;
  }

  private interface Check {
    void run() throws Exception;
  }

  private static <T> Throwable timed(Step<T> step) {
    long began = System.nanoTime();
    Throwable told = catchThrowable(step::run);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    return told;
  }

  private static Throwable timed(Check step) {
    return timed(
        () -> {
          step.run();
          return true;
        });
  }

  /** Takes a role's right to a topic away, and gives it back. */
  private static void without(String role, String topic, AclOperation right, Check check)
      throws Exception {
    List<AclBinding> rights =
        documented(
            role,
            each ->
                each.pattern().name().equals(CONTRACT + "." + topic)
                    && each.entry().operation() == right);
    assertThat(rights).hasSize(1);
    kafka.take(rights);
    try {
      await().until(() -> kafka.rights().stream().noneMatch(rights::contains));
      check.run();
    } finally {
      kafka.grant(rights);
    }
  }

  private static Verification verify() throws Exception {
    return new Verifier(
            new VerifyOptions(
                CONTRACT, OptionalLong.empty(), auditor, chain, VerifyOptions.DEFAULT_PATIENCE),
            VerifyJob.inThisProcess(OptionalInt.of(2), folder.resolve("verify")),
            Progress.none())
        .run();
  }

  private static SwarmSite join(int seed) throws InterruptedException {
    return SwarmSite.join(options(site), SiteKey.ofSeed(seed));
  }

  private static SiteOptions options(KafkaEndpoint endpoint) {
    return SiteOptions.of(CONTRACT, endpoint, chain);
  }

  private static ContractTerms terms() {
    return new ContractTerms(
        CONTRACT,
        owner.network(),
        "mean",
        2,
        30_000,
        PARAMETERS,
        4,
        DeltaEncoding.FLOAT32,
        LAYOUT.hash().hex());
  }
}
