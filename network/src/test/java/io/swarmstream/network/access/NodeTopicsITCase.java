package io.swarmstream.network.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.access.AccessList;
import io.swarmstream.clients.kafka.log.TopicTail;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.embedded.EmbeddedKafkaOptions;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.schemas.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network node that does not run Kafka itself may do there. */
class NodeTopicsITCase {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path temp;
  private static CertificateAuthority authority;
  private static IdentityFolder operator;
  private static IdentityFolder node;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
    IdentityFolder broker = folder("broker");
    operator = folder("operator");
    node = folder("node");
    kafka =
        EmbeddedKafka.start(
            EmbeddedKafkaOptions.defaults()
                .withIdentity(broker.path(), List.of(operator.read().keyHash())));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static IdentityFolder folder(String name) throws Exception {
    IdentityFolder folder = IdentityFolder.at(temp.resolve(name));
    folder.write(authority.issueFor(name, List.of("localhost")));
    return folder;
  }

  private static KafkaEndpoint of(IdentityFolder folder) {
    return KafkaEndpoint.secured(kafka.bootstrapServers(), folder.path());
  }

  /** Contracts that the chain knows. */
  private static void set(String... contracts) throws Exception {
    Map<String, Set<String>> sites = new TreeMap<>();
    for (String contract : contracts) {
      sites.put(contract, Set.of());
    }
    AccessRules.Swarm swarm =
        new AccessRules.Swarm(sites, Set.of(), Set.of(), Set.of("User:" + node.read().keyHash()));
    try (AccessList list = AccessList.of(of(operator), SOON)) {
      assertThat(list.set(AccessRules.of(swarm), AccessRules::manages).added()).isPositive();
    }
  }

  private static void create(IdentityFolder by, String contract) throws Exception {
    new ContractTopics(of(by), TopicOptions.defaults()).create(contract, SOON);
  }

  private static void writeRound(String contract) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            of(operator).properties(Map.of(), Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer
              .send(new ProducerRecord<>(Topic.ROUNDS.of(contract), new byte[1], new byte[1]))
              .get();
    }
  }

  @Test
  void topicsThatAnotherNodeHasMadeAreFoundRightBeforeTheChainKnowsTheContract() throws Exception {
    set("letters");
    create(operator, "digits"); // by the other node, at the same time
    create(node, "digits");
    create(node, "numbers"); // alone
    create(node, "numbers");

    // It sees the rounds of digits from now on, and may read them once the chain knows digits.
    create(operator, "letters");
    List<String> read = new CopyOnWriteArrayList<>();
    try (TopicTail tail =
        TopicTail.start(
            of(node),
            topic -> Topic.ROUNDS.contract(topic).isPresent(),
            Duration.ofMillis(200),
            next -> read.add(next.topic()))) {
      await().atMost(SOON).until(() -> tail.problem().isPresent() || !read.isEmpty());
      writeRound("letters");
      await("what it may read").atMost(SOON).until(() -> read.contains("letters.rounds"));
      writeRound("digits");
      set("letters", "digits");
      await("what it may read now").atMost(SOON).until(() -> read.contains("digits.rounds"));
    }
    assertThat(read).containsExactly("letters.rounds", "digits.rounds");
  }
}
