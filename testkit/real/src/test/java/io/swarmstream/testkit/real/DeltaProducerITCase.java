package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.schemas.ContractTerms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeltaProducerITCase {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();

  @Test
  void sendsTheLargestChunkToABrokerWithDefaultLimits() throws Exception {
    String contract = ContractTerms.checkName(SharedKafka.newContract() + "x".repeat(150));
    contract = contract + "y".repeat(200 - contract.length());
    SharedKafka.createTopics(contract);
    byte[] largest = LargestRecord.deltaChunk(contract);
    assertThat(largest).hasSizeBetween(983_040 + 200 + 20 * 32, 1_048_576 - 32_768);
    try (DeltaProducer producer = DeltaProducer.of(endpoint)) {
      producer.send(contract, "0xaa/1048575", largest);
      producer.flush(SOON);
    }
  }

  @Test
  void refusesARecordThatIsTooLargeAndGoesOn() throws Exception {
    String contract = SharedKafka.newContractWithTopics();
    try (DeltaProducer producer = DeltaProducer.of(endpoint)) {
      assertThatThrownBy(() -> producer.send(contract, "big", new byte[1 << 20]))
          .isInstanceOf(SendFailedException.class)
          .hasMessageContaining(contract + ".deltas big")
          .hasMessageContaining("max.request.size");
      // Told once: what comes after is not blamed for it.
      producer.send(contract, "small", new byte[1]);
      assertThatCode(() -> producer.flush(SOON)).doesNotThrowAnyException();
    }
  }

  @Test
  void saysThatTheTopicIsNotThere() {
    try (DeltaProducer producer =
        new DeltaProducer(endpoint, DeltaProducer.DEFAULT_BUFFER_BYTES, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> producer.send("nobody", "k", new byte[1]))
          .isInstanceOf(SendFailedException.class)
          .hasMessageContaining("nobody.deltas")
          .hasMessageContaining("does the topic exist");
    }
  }

  @Test
  void sendsThroughARestartOfTheBroker() throws Exception {
    String contract = SharedKafka.newContractWithTopics();
    try (DeltaProducer producer = DeltaProducer.of(endpoint)) {
      producer.send(contract, "first", new byte[1]);
      producer.flush(SOON);
      SharedKafka.broker().stop();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> producer.send(contract, "second", new byte[1]));
      SharedKafka.broker().restart();
      sending.get(30, TimeUnit.SECONDS);
      producer.flush(SOON);
    }
  }

  @Test
  void saysAtTheDeadlineHowManyRecordsAreStillOnTheirWay() throws Exception {
    String contract = SharedKafka.newContractWithTopics();
    KafkaEndpoint slow =
        new KafkaEndpoint(endpoint.bootstrapServers(), Map.of("linger.ms", "20000"));
    try (DeltaProducer producer = DeltaProducer.of(slow)) {
      producer.send(contract, "a", new byte[1]);
      producer.send(contract, "b", new byte[1]);
      assertThatThrownBy(() -> producer.flush(Duration.ofMillis(300)))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("2 records have not been acknowledged")
          .hasMessageContaining("300 ms");
    }
  }
}
