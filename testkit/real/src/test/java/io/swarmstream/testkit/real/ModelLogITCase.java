package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.CorruptModelException;
import io.swarmstream.clients.kafka.log.MergedModel;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.clients.kafka.log.SupersededRoundException;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.testkit.RoundSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelLogITCase {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SHORT = Duration.ofMillis(500);

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();
  private final Writer writer = new Writer(endpoint);
  private String contract = "";
  private RoundSamples samples = new RoundSamples("");

  @BeforeEach
  void createTheTopics() throws Exception {
    contract = SharedKafka.newContractWithTopics();
    samples = new RoundSamples(contract);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void readsOneRoundAfterTheOtherAndAnEarlierOneAgain() throws Exception {
    try (ModelLog models = open()) {
      writer.commit(samples.model(0));
      writer.commit(samples.model(1));
      assertThat(models.read(samples.record(0), SOON)).isEqualTo(RoundSamples.weights(0));
      assertThat(models.read(samples.record(1), SOON)).isEqualTo(RoundSamples.weights(1));
      writer.commit(samples.model(2));
      assertThat(models.read(samples.record(2), SOON)).isEqualTo(RoundSamples.weights(2));
      assertThat(models.read(samples.record(1), SOON)).isEqualTo(RoundSamples.weights(1));
    }
  }

  @Test
  void readsAModelThatIsPublishedTwiceAsOne() throws Exception {
    try (ModelLog models = open()) {
      writer.commit(samples.model(0).subList(0, 2));
      writer.commit(samples.model(0));
      assertThat(models.read(samples.record(0), SOON)).isEqualTo(RoundSamples.weights(0));
      writer.commit(samples.model(0));
      writer.commit(samples.model(1));
      assertThat(models.read(samples.record(1), SOON)).isEqualTo(RoundSamples.weights(1));
    }
  }

  @Test
  void passesOverChunksOfAnotherContract() throws Exception {
    RoundSamples other = new RoundSamples("other");
    for (long round : List.of(0L, 9L)) {
      for (OutboundRecord chunk : other.model(round)) {
        writer.commit(
            List.of(new OutboundRecord(Topic.MODELS.of(contract), chunk.key(), chunk.value())));
      }
    }
    writer.commit(samples.model(0));
    try (ModelLog models = open()) {
      assertThat(models.read(samples.record(0), SOON)).isEqualTo(RoundSamples.weights(0));
    }
  }

  @Test
  void handsOverChunkByChunk() throws Exception {
    writer.commit(samples.model(0));
    List<Long> offsets = new ArrayList<>();
    try (ModelLog models = open()) {
      models.read(samples.record(0), (chunk, offset, payload) -> offsets.add(offset), SOON);
    }
    assertThat(offsets).containsExactlyInAnyOrder(0L, 4L, 8L);
  }

  @Test
  void givesALateJoinerTheNewestModel() throws Exception {
    for (long round = 0; round < 3; round++) {
      writer.commit(samples.sealed(round));
    }
    try (ContractLog log = ContractLog.ofAllSites(endpoint, contract, SOON);
        ModelLog models = open()) {
      MergedModel model = models.newestComplete(log, SOON).orElseThrow();
      assertThat(model.sealed().round()).isEqualTo(2);
      assertThat(model.weights()).isEqualTo(RoundSamples.weights(2));
    }
  }

  @Test
  void givesNothingBeforeTheFirstRound() throws Exception {
    try (ContractLog log = ContractLog.ofAllSites(endpoint, contract, SOON);
        ModelLog models = open()) {
      assertThat(models.newestComplete(log, SOON)).isEmpty();
    }
  }

  @Test
  void goesOnToTheLaterRoundWhenChunksOfTheNewestAreReplaced() throws Exception {
    writer.commit(List.of(samples.published(samples.record(1))));
    writer.commit(samples.model(2));
    try (ContractLog log = ContractLog.ofAllSites(endpoint, contract, SOON);
        ModelLog models = open()) {
      assertThatThrownBy(() -> models.read(samples.record(1), SOON))
          .isInstanceOf(SupersededRoundException.class);
      CompletableFuture<Void> sealing =
          CompletableFuture.runAsync(
              () -> writer.commit(List.of(samples.published(samples.record(2)))));
      assertThat(models.newestComplete(log, SOON).orElseThrow().weights())
          .isEqualTo(RoundSamples.weights(2));
      sealing.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void namesTheChunkThatIsMissingAndReadsOnWhenItIsThere() throws Exception {
    writer.commit(List.of(samples.model(0).get(0), samples.model(0).get(2)));
    try (ModelLog models = open()) {
      assertThatThrownBy(() -> models.read(samples.record(0), SHORT))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("model of round 0 of " + contract)
          .hasMessageContaining("1 of 3 chunks are missing: [1]");
      writer.commit(List.of(samples.model(0).get(1)));
      assertThat(models.read(samples.record(0), SOON)).isEqualTo(RoundSamples.weights(0));
    }
  }

  @Test
  void readsAModelThatComesSlowlyForAsLongAsMoreOfItComes() throws Exception {
    Duration patience = Duration.ofSeconds(3);
    try (ModelLog models = open()) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () ->
                  samples
                      .model(0)
                      .forEach(
                          chunk -> {
                            pause(Duration.ofSeconds(2));
                            writer.commit(List.of(chunk));
                          }));
      assertThat(models.read(samples.record(0), patience)).isEqualTo(RoundSamples.weights(0));
      writing.get(10, TimeUnit.SECONDS);
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void findsACorruptChunk() throws Exception {
    writer.commit(samples.model(0).subList(0, 2));
    writer.commit(List.of(samples.published(samples.chunk(0, 2, new byte[8], Hash.ZERO))));
    try (ModelLog models = open()) {
      assertThatThrownBy(() -> models.read(samples.record(0), SOON))
          .isInstanceOf(CorruptModelException.class)
          .hasMessageContaining("chunk 2 hashes to");
    }
  }

  @Test
  void seesNothingThatIsNotCommitted() throws Exception {
    writer.begin(samples.model(0));
    try (ModelLog models = open()) {
      assertThatThrownBy(() -> models.read(samples.record(0), SHORT))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("3 of 3 chunks are missing");
      writer.commit();
      assertThat(models.read(samples.record(0), SOON)).isEqualTo(RoundSamples.weights(0));
    }
  }

  @Test
  void readsThroughARestartOfTheBroker() throws Exception {
    writer.commit(samples.model(0).subList(0, 1));
    try (ModelLog models = open()) {
      CompletableFuture<float[]> reading = CompletableFuture.supplyAsync(() -> read(models, 0));
      SharedKafka.broker().restart();
      writer.commit(samples.model(0).subList(1, 3));
      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(RoundSamples.weights(0));
    }
  }

  private ModelLog open() throws InterruptedException {
    return ModelLog.open(endpoint, RoundSamples.terms(contract), SOON);
  }

  private float[] read(ModelLog models, long round) {
    try {
      return models.read(samples.record(round), Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
