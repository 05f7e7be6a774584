package io.swarmstream.testkit.real;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.embedded.EmbeddedKafkaOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One broker for all tests of this JVM; each test uses its own contract. */
public final class SharedKafka {
  private static final EmbeddedKafka KAFKA = start();
  private static final AtomicInteger CONTRACTS = new AtomicInteger();

  private SharedKafka() {}

  private static EmbeddedKafka start() {
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.defaults());
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    return kafka;
  }

  public static EmbeddedKafka broker() {
    return KAFKA;
  }

  public static KafkaEndpoint endpoint() {
    return KafkaEndpoint.of(KAFKA.bootstrapServers());
  }

  /** A contract name that no other test uses. */
  public static String newContract() {
    return "contract-" + CONTRACTS.incrementAndGet();
  }

  /** Creates the topics of a new contract, with two partitions where the number is free. */
  public static String newContractWithTopics() throws InterruptedException {
    String contract = newContract();
    createTopics(contract);
    return contract;
  }

  public static void createTopics(String contract) throws InterruptedException {
    new ContractTopics(endpoint(), TopicOptions.defaults().withPartitions(2, 2))
        .create(contract, Duration.ofSeconds(10));
  }
}
