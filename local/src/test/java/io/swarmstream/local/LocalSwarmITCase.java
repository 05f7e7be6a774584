package io.swarmstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SiteException;
import io.swarmstream.site.SwarmSite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job on a mini cluster, with real Kafka and a real chain. */
class LocalSwarmITCase {
  private static final int PARAMETERS = 1000;
  private static final ModelLayout LAYOUT = ModelLayout.flat(PARAMETERS);
  private static final int CHUNK_VALUES = 300;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static LocalSwarm swarm;

  @BeforeAll
  static void start() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void givesEverySiteTheSameModelProvenByTheChain(String method) throws Exception {
    swarm.createContract(method, LAYOUT, method, 2, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, method, 3)) {
      for (int round = 0; round < 4; round++) {
        float before = 2 * round;
        // Deltas of 1, 2 and 3: whatever the method, 2 is in the middle.
        for (Merged merged : sites.sync(site -> Sites.constant(PARAMETERS, before + site + 1))) {
          assertThat(merged.round()).isEqualTo(round);
          assertThat(merged.participated()).isTrue();
          assertThat(merged.anchored()).isTrue();
          assertThat(merged.weights()).isEqualTo(Sites.constant(PARAMETERS, before + 2));
          assertThat(swarm.owner().anchors().anchor(method, round))
              .contains(merged.summary().anchor());
        }
      }
    }
  }

  @Test
  void trainsTwoContractsAtOnceWithoutEitherDisturbingTheOther() throws Exception {
    ModelLayout small = ModelLayout.flat(7);
    swarm.createContract("large", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    swarm.createContract("small", small, "coordmedian", 3, GRACE, 2);
    try (Sites large = Sites.join(swarm, "large", 2);
        Sites little = Sites.join(swarm, "small", 3)) {
      for (int round = 0; round < 3; round++) {
        float before = round;
        Future<List<Merged>> first =
            large.start(
                () -> large.sync(site -> Sites.constant(PARAMETERS, 2 * before + 1 + 2 * site)));
        List<Merged> second = little.sync(site -> Sites.constant(7, 3 * before + 3 * site));
        assertThat(first.get().get(0).weights())
            .isEqualTo(Sites.constant(PARAMETERS, 2 * before + 2));
        assertThat(second.get(0).weights()).isEqualTo(Sites.constant(7, 3 * before + 3));
        assertThat(second.get(0).summary().method()).isEqualTo("coordmedian");
      }
    }
  }

  @Test
  void bringsWhatAnEncodingLostWithLaterRounds() throws Exception {
    float step = 1f / 127;
    swarm.createContract("int8", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES, DeltaEncoding.INT8);
    try (Sites sites = Sites.join(swarm, "int8", 2)) {
      sites.sync(site -> new float[PARAMETERS]);
      for (int round = 1; round <= 8; round++) {
        List<Merged> merged =
            sites.sync(
                site -> {
                  float[] weights = sites.site(site).base().orElseThrow().weights();
                  weights[0] += 1;
                  // Rounded to nothing each time, next to the 1.
                  weights[1] += step / 4;
                  return weights;
                });
        assertThat(merged.get(0).participated()).isTrue();
        assertThat(merged.get(1).hash()).isEqualTo(merged.get(0).hash());
        assertThat(merged.get(0).weights()[0]).isCloseTo(round, within(step));
        assertThat(merged.get(0).weights()[1]).isCloseTo(round * step / 4, within(0.51f * step));
      }
      // A byte a value, scales, and what comes with each of four chunks.
      assertThat(sites.site(0).bytesSent()).isBetween(9_000L, 9 * (1_024 + 4 * 700L));
    }
  }

  @Test
  void sendsTheLargestValuesFirstAndTheOthersInLaterRounds() throws Exception {
    // 3 values of each chunk.
    swarm.createContract(
        "topk", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES, DeltaEncoding.named("topk:1"));
    try (Sites sites = Sites.join(swarm, "topk", 2)) {
      // A whole model, which is no sparse delta.
      List<Merged> first = sites.sync(site -> Sites.constant(PARAMETERS, 0.1f));
      assertThat(first.get(0).weights()).isEqualTo(Sites.constant(PARAMETERS, 0.1f));
      long bytesOfAModel = sites.site(0).bytesSent();
      for (int round = 1; round <= 3; round++) {
        boolean trains = round == 1;
        List<Merged> merged =
            sites.sync(
                site -> {
                  float[] weights = sites.site(site).base().orElseThrow().weights();
                  for (int i = 0; trains && i < 9; i++) {
                    weights[i] += i + 1;
                  }
                  return weights;
                });
        assertThat(merged.get(0).participated()).isTrue();
        assertThat(merged.get(1).hash()).isEqualTo(merged.get(0).hash());
        for (int i = 0; i < 9; i++) {
          boolean isSent = i >= 9 - 3 * round;
          assertThat(merged.get(0).weights()[i])
              .isCloseTo(isSent ? 0.1f + i + 1 : 0.1f, within(0.01f));
        }
      }
      assertThat(sites.site(0).bytesSent() - bytesOfAModel).isLessThan(bytesOfAModel);
    }
  }

  @Test
  void takesUpALateSiteFromTheNewestModel() throws Exception {
    swarm.createContract("late", LAYOUT, "mean", 1, GRACE, CHUNK_VALUES);
    try (Sites early = Sites.join(swarm, "late", 1)) {
      early.sync(site -> Sites.constant(PARAMETERS, 1));
      early.sync(site -> Sites.constant(PARAMETERS, 2));
      SiteKey key = SiteKey.ofSeed(77);
      swarm.enrol("late", key, "late-comer", 100);
      Sites.awaitKnown(swarm, "late", List.of("late-comer"));
      try (SwarmSite late = swarm.join("late", key)) {
        Merged base = late.base().orElseThrow();
        assertThat(base.round()).isEqualTo(1);
        assertThat(base.weights()).isEqualTo(Sites.constant(PARAMETERS, 2));
        Future<Merged> lateOne =
            early.start(
                () -> late.sync(Sites.constant(PARAMETERS, 6), Sites.report(), Sites.DEADLINE));
        Merged merged = early.sync(site -> Sites.constant(PARAMETERS, 4)).get(0);
        assertThat(merged.weights()).isEqualTo(Sites.constant(PARAMETERS, 5));
        assertThat(lateOne.get().hash()).isEqualTo(merged.hash());
      }
    }
  }

  @Test
  void goesOnWithoutAVanishedSiteAfterTheGracePeriod() throws Exception {
    swarm.createContract("vanished", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    swarm.enrol("vanished", SiteKey.ofSeed(99), "never-there", 100);
    try (Sites sites = Sites.join(swarm, "vanished", 2)) {
      Merged first = sites.sync(site -> Sites.constant(PARAMETERS, 1)).get(0);
      assertThat(first.summary().closedBy()).isEqualTo("grace-period");
      assertThat(first.summary().leftOut()).containsExactly("never-there");
      Merged second = sites.sync(site -> Sites.constant(PARAMETERS, 2)).get(0);
      assertThat(second.summary().closedBy()).isEqualTo("all-live");
    }
  }

  @Test
  void tellsAWaitingSiteWhoIsMissing() throws Exception {
    swarm.createContract("lonely", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    swarm.enrol("lonely", SiteKey.ofSeed(2), "the-other", 100);
    try (Sites one = Sites.join(swarm, "lonely", 1)) {
      SwarmSite site = one.site(0);
      assertThatThrownBy(
              () -> site.sync(Sites.constant(PARAMETERS, 1), Sites.report(), Duration.ofSeconds(4)))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("round 0")
          .hasMessageContaining("the-other")
          .hasMessageContaining("1 of at least 2");
    }
  }

  @Test
  void tellsSendersOfBadRecordsAndGoesOn() throws Exception {
    swarm.createContract("bad", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "bad", 2);
        ContractLog log = ContractLog.ofAllSites(swarm.kafka(), "bad", Sites.DEADLINE);
        DeltaProducer stranger = DeltaProducer.of(swarm.kafka())) {
      sites.sync(site -> Sites.constant(PARAMETERS, 1));
      Contribution unknown =
          Contribution.sign(
              SiteKey.ofSeed(666),
              sites.site(0).terms(),
              1,
              sites.site(0).base().orElseThrow().hash(),
              Sites.constant(PARAMETERS, 9),
              Sites.header());
      stranger.send("bad", "0", "garbage".getBytes(UTF_8));
      stranger.send("bad", "0", WireFormat.DELTA_CHUNK.encode(unknown.chunk(0)));
      stranger.flush(Sites.DEADLINE);
      List<Rejection> told =
          log.await(
              "two rejections",
              Sites.DEADLINE,
              () -> Optional.of(log.rejections().all()).filter(all -> all.size() >= 2));
      assertThat(told)
          .extracting(Rejection::getReason)
          .containsExactlyInAnyOrder("malformed", "unknown-site");
      Merged merged = sites.sync(site -> Sites.constant(PARAMETERS, 3)).get(0);
      assertThat(merged.weights()).isEqualTo(Sites.constant(PARAMETERS, 3));
    }
  }

  /** They would end the wait of a site, or have it take another model. */
  @Test
  void passesOverWhatTheCoordinatorHasNotSigned() throws Exception {
    swarm.createContract("forged", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "forged", 2);
        ContractLog log = ContractLog.ofAllSites(swarm.kafka(), "forged", Sites.DEADLINE);
        DeltaProducer attacker = DeltaProducer.of(swarm.kafka())) {
      sites.sync(site -> Sites.constant(PARAMETERS, 1));
      SwarmSite victim = sites.site(0);
      Sent sent =
          victim.contribute(
              FlatVector.of(Sites.constant(PARAMETERS, 3)), Sites.report(), Sites.DEADLINE);
      Future<Merged> waiting = sites.start(() -> victim.await(sent, Sites.DEADLINE));
      Rejection refusal =
          new Rejection(
              "forged",
              "wrong-base",
              "baseHash",
              "a lie",
              SiteKey.ofSeed(1).address(),
              1L,
              0,
              sent.hash().hex(),
              "forged.deltas",
              0,
              0L,
              System.currentTimeMillis());
      RoundRecord round =
          RoundRecord.newBuilder(log.awaitRound(0, Sites.DEADLINE).record())
              .setRound(1)
              .setModelHash(Hash.ZERO.toAvro())
              .build();
      Hash terms = victim.terms().hash();
      for (OutboundRecord forged :
          List.of(
              new OutboundRecord("forged.rejections", "x", WireFormat.REJECTION.encode(refusal)),
              new OutboundRecord(
                  "forged.rounds", "record-1", WireFormat.ROUND_RECORD.encode(round)))) {
        attacker.send(forged);
        attacker.send(
            forged.with(
                RecordSignature.pending(terms)
                    .sign(SiteKey.ofSeed(1), forged.topic(), forged.value())));
      }
      attacker.flush(Sites.DEADLINE);
      Duration read = Duration.ofSeconds(1);
      await().during(read).atMost(read.multipliedBy(5)).until(() -> !waiting.isDone());
      sites.site(1).sync(Sites.constant(PARAMETERS, 5), Sites.report(), Sites.DEADLINE);
      Merged merged = waiting.get();
      assertThat(merged.participated()).isTrue();
      assertThat(merged.weights()).isEqualTo(Sites.constant(PARAMETERS, 4));
      sites.sync(site -> Sites.constant(PARAMETERS, 6));
      assertThat(victim.base().orElseThrow().round()).isEqualTo(2);
    }
  }

  /** Each is a site of its own as far as it can tell; whoever is first wins the round. */
  @Test
  void tellsBothHoldersOfACopiedKey() throws Exception {
    swarm.createContract("one-key", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "one-key", 2);
        SwarmSite copy = swarm.join("one-key", SiteKey.ofSeed(1));
        ContractLog log = ContractLog.ofAllSites(swarm.kafka(), "one-key", Sites.DEADLINE)) {
      for (int round = 0; round < 3; round++) {
        boolean copyWins = round == 1;
        SwarmSite winner = copyWins ? copy : sites.site(0);
        SwarmSite loser = copyWins ? sites.site(0) : copy;
        Sent first =
            winner.contribute(
                FlatVector.of(Sites.constant(PARAMETERS, 3)), Sites.report(), Sites.DEADLINE);
        winner
            .rounds()
            .awaitOpen(
                "the first contribution",
                now -> now.round() == first.round() && now.contributed() == 1,
                Sites.DEADLINE);
        Sent second =
            loser.contribute(
                FlatVector.of(Sites.constant(PARAMETERS, 7)), Sites.report(), Sites.DEADLINE);
        log.await(
            "the refusal of the second",
            Sites.DEADLINE,
            () ->
                log.rejections().of(second.round(), 0).stream()
                    .filter(told -> told.getContribution().equals(second.hash().hex()))
                    .findFirst());
        sites.site(1).sync(Sites.constant(PARAMETERS, 5), Sites.report(), Sites.DEADLINE);

        Merged won = winner.await(first, Sites.DEADLINE);
        Merged lost = loser.await(second, Sites.DEADLINE);
        assertThat(won.hash()).isEqualTo(lost.hash());
        assertThat(won.participated()).isTrue();
        assertThat(lost.participated()).isFalse();
        ForeignContribution toLoser = lost.foreign().orElseThrow();
        assertThat(toLoser.round()).isEqualTo(round);
        assertThat(toLoser.counted()).isTrue();
        assertThat(toLoser.contribution()).isEqualTo(first.hash().hex());
        assertThat(toLoser.warning())
            .contains(swarm.owner().registry().owner("one-key").orElseThrow());
        ForeignContribution toWinner = won.foreign().orElseThrow();
        assertThat(toWinner.counted()).isFalse();
        assertThat(toWinner.contribution()).isEqualTo(second.hash().hex());
      }
    }
  }

  @Test
  void doesNotLetAChangedCopyOfItsChunkEndAWaitingSite() throws Exception {
    swarm.createContract("copied", LAYOUT, "mean", 2, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "copied", 2);
        ContractLog log = ContractLog.ofAllSites(swarm.kafka(), "copied", Sites.DEADLINE);
        DeltaProducer attacker = DeltaProducer.of(swarm.kafka())) {
      Future<Merged> victim =
          sites.start(
              () ->
                  sites
                      .site(0)
                      .sync(Sites.constant(PARAMETERS, 1), Sites.report(), Sites.DEADLINE));
      // What the victim signs is the same each time, so this is a copy of what it sent.
      DeltaChunk copy =
          Contribution.sign(
                  SiteKey.ofSeed(1),
                  sites.site(0).terms(),
                  0,
                  Hash.ZERO,
                  Sites.constant(PARAMETERS, 1),
                  Sites.header())
              .chunk(0);
      // By then who admits the partition that the attacker writes to knows the victim; before, it
      // answers that it does not, or drops what comes, and only the victim sends again.
      log.await(
          "the victim's contribution",
          Sites.DEADLINE,
          () -> log.rounds().notice().filter(notice -> notice.getContributed() == 1));
      byte[] changed = copy.getPayload().array().clone();
      changed[0] ^= 1;
      DeltaChunk forged = DeltaChunk.newBuilder(copy).setPayload(ByteBuffer.wrap(changed)).build();
      attacker.send("copied", "0", WireFormat.DELTA_CHUNK.encode(forged));
      attacker.flush(Sites.DEADLINE);
      Rejection told =
          log.await(
              "the rejection of the copy",
              Sites.DEADLINE,
              () ->
                  log.rejections().all().stream()
                      .filter(rejection -> rejection.getReason().equals("bad-hash"))
                      .findFirst());
      assertThat(told.getSite()).isEqualTo(SiteKey.ofSeed(1).address());
      sites.site(1).sync(Sites.constant(PARAMETERS, 3), Sites.report(), Sites.DEADLINE);
      assertThat(victim.get().participated()).isTrue();
    }
  }

  @Test
  void leavesATopicAloneThatOnlyLooksLikeAContracts() throws Exception {
    // A record of an unknown contract must not stop the job: there is no topic to tell its sender
    // by.
    new ContractTopics(swarm.kafka(), TopicOptions.defaults())
        .create("no-such-contract", Sites.DEADLINE);
    try (DeltaProducer stranger = DeltaProducer.of(swarm.kafka())) {
      stranger.send("no-such-contract", "0", new byte[] {1, 2, 3});
      stranger.flush(Sites.DEADLINE);
    }
    swarm.createContract("after", LAYOUT, "mean", 1, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "after", 1)) {
      assertThat(sites.sync(site -> Sites.constant(PARAMETERS, 1)).get(0).round()).isZero();
    }
  }

  @Test
  void refusesASiteThatHasNoPlaceInTheTraining() throws Exception {
    swarm.createContract("closed", LAYOUT, "mean", 1, GRACE, CHUNK_VALUES);
    assertThatThrownBy(() -> swarm.join("missing", SiteKey.ofSeed(1)))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("no contract missing");
    assertThatThrownBy(() -> swarm.join("closed", SiteKey.ofSeed(1)))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining(SiteKey.ofSeed(1).address())
        .hasMessageContaining("not enrolled");
    try (Sites sites = Sites.join(swarm, "closed", 1)) {
      assertThatThrownBy(() -> sites.site(0).requireLayout(ModelLayout.flat(999)))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("weights:1000")
          .hasMessageContaining("weights:999");
      assertThatThrownBy(() -> sites.site(0).sync(new float[999], Sites.report(), Sites.DEADLINE))
          .hasMessageContaining("999")
          .hasMessageContaining("1000");
    }
  }

  @Test
  void startsRoundZeroFromNothing() throws Exception {
    swarm.createContract("zero", LAYOUT, "mean", 1, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, "zero", 1)) {
      assertThat(sites.site(0).base()).isEmpty();
      Merged merged = sites.sync(site -> Sites.constant(PARAMETERS, 5)).get(0);
      assertThat(merged.summary().base()).isEqualTo(Hash.ZERO);
    }
  }
}
