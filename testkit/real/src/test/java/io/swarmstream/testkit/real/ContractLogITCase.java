package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.RecordSigners;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.testkit.RoundSamples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractLogITCase {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String SITE = "0xaa";

  private final KafkaEndpoint endpoint = SharedKafka.endpoint();
  private final Writer writer = new Writer(endpoint);
  private String contract = "";
  private RoundSamples samples = new RoundSamples("");

  @BeforeEach
  void createTheTopics() throws Exception {
    contract = SharedKafka.newContractWithTopics();
    samples = new RoundSamples(RoundSamples.terms(contract));
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void knowsAllRoundsThatThereAreOnceItIsOpen() throws Exception {
    writer.commit(samples.sealed(0));
    writer.commit(samples.sealed(1));
    try (ContractLog log = open()) {
      assertThat(log.rounds().newest().orElseThrow().round()).isEqualTo(1);
      assertThat(log.rounds().find(0)).isPresent();
      assertThat(log.awaitRound(0, Duration.ZERO).round()).isEqualTo(0);
    }
  }

  @Test
  void seesARoundWhenItIsCommittedAndNotBefore() throws Exception {
    try (ContractLog log = open()) {
      writer.begin(samples.sealed(0));
      assertThatThrownBy(() -> log.awaitRound(0, Duration.ofMillis(300)))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("record of round 0 of contract " + contract)
          .hasMessageContaining("within 300 ms");
      writer.abort();
      writer.commit(List.of(samples.notice(0, 1, "hospital-b")));
      assertThat(log.await("a notice", SOON, log.rounds()::notice).getRound()).isEqualTo(0);
      assertThat(log.rounds().newest()).isEmpty();
      writer.commit(samples.sealed(0));
      assertThat(log.awaitAtLeast(0, SOON).round()).isEqualTo(0);
    }
  }

  @Test
  void seesItsOwnRejectionsFromNowOn() throws Exception {
    writer.commit(List.of(samples.rejection(SITE, 0)));
    try (ContractLog log = open();
        ContractLog all = ContractLog.ofAllSites(endpoint, contract, SOON)) {
      writer.commit(List.of(samples.rejection("0xbb", 1), samples.rejection(SITE, 1)));
      List<Rejection> own = log.await("a rejection", SOON, () -> some(log.rejections().of(1, 0)));
      assertThat(own).extracting(Rejection::getSite).containsExactly(SITE);
      assertThat(log.rejections().of(0, 0)).isEmpty();
      assertThat(log.rejections().of(1, log.rejections().seen())).isEmpty();
      var unused =
          all.await("both", SOON, () -> some(all.rejections().all()).filter(r -> r.size() == 2));
    }
  }

  @Test
  void waitsThroughARestartOfTheBroker() throws Exception {
    try (ContractLog log = open()) {
      CompletableFuture<PublishedRound> waiting =
          CompletableFuture.supplyAsync(() -> awaitRound(log, 0));
      SharedKafka.broker().restart();
      writer.commit(samples.sealed(0));
      assertThat(waiting.get(30, TimeUnit.SECONDS).round()).isEqualTo(0);
    }
  }

  @Test
  void tellsThoseWhoWaitThatItIsClosed() throws Exception {
    ContractLog log = open();
    CompletableFuture<PublishedRound> waiting =
        CompletableFuture.supplyAsync(() -> awaitRound(log, 0));
    log.close();
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("the log was closed");
  }

  @Test
  void saysWhichTopicIsNotThere() {
    assertThatThrownBy(
            () ->
                ContractLog.ofSite(
                    endpoint,
                    RoundSamples.terms("nobody"),
                    RecordSigners.only(RoundSamples.COORDINATOR.address()),
                    SITE,
                    Duration.ofMillis(300)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("topic nobody.rounds does not exist");
  }

  @Test
  void saysThatNoBrokerAnswers() {
    KafkaEndpoint nowhere = KafkaEndpoint.of("localhost:1");
    assertThatThrownBy(
            () ->
                ContractLog.ofSite(
                    nowhere,
                    RoundSamples.terms("demo"),
                    RecordSigners.only(RoundSamples.COORDINATOR.address()),
                    SITE,
                    Duration.ofMillis(300)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("no answer from Kafka at localhost:1");
  }

  @Test
  void passesOverRejectionsOfAnotherContractUnsignedOnesAndCopies() throws Exception {
    try (ContractLog log = open()) {
      OutboundRecord foreign = new RoundSamples("other").rejection(SITE, 1);
      writer.commit(
          List.of(
              new OutboundRecord(Topic.REJECTIONS.of(contract), foreign.key(), foreign.value()),
              samples
                  .rejection(SITE, 1)
                  .with(RecordSignature.pending(RoundSamples.terms(contract).hash())),
              samples.rejection(SITE, 1),
              samples.rejection(SITE, 1)));
      List<Rejection> own = log.await("a rejection", SOON, () -> some(log.rejections().of(1, 0)));
      assertThat(own).extracting(Rejection::getContract).containsExactly(contract);
    }
  }

  private ContractLog open() throws InterruptedException {
    return ContractLog.ofSite(
        endpoint,
        RoundSamples.terms(contract),
        RecordSigners.only(RoundSamples.COORDINATOR.address()),
        SITE,
        SOON);
  }

  private static <T> Optional<List<T>> some(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static PublishedRound awaitRound(ContractLog log, long round) {
    try {
      return log.awaitRound(round, Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
