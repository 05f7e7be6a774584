package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.SwarmSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A site's process dies and comes back with the same key, or not at all. */
class SiteDeathITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final SiteKey STAYING = SiteKey.ofSeed(1);
  private static final SiteKey DYING = SiteKey.ofSeed(2);

  private static LocalSwarm swarm;
  private static ExecutorService threads;

  /** How far the site gets in round 1 before it dies. */
  private enum Death {
    BEFORE_SENDING,
    AFTER_HALF_OF_ITS_CHUNKS,
    AFTER_ALL_CHUNKS,
    AFTER_THE_ROUND_WAS_SEALED
  }

  /** A death, and whether the site trains to another result when it is back. */
  private record Case(Death death, boolean another) {
    String contract() {
      return death.name().toLowerCase(Locale.ROOT).replace('_', '-') + (another ? "-2" : "-1");
    }

    /** What of the first result is in the log when the site dies. */
    int chunksSent(Contribution first) {
      return switch (death) {
        case BEFORE_SENDING -> 0;
        case AFTER_HALF_OF_ITS_CHUNKS -> first.chunkCount() / 2;
        case AFTER_ALL_CHUNKS, AFTER_THE_ROUND_WAS_SEALED -> first.chunkCount();
      };
    }

    @Override
    public String toString() {
      return contract();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Death.values())
        .flatMap(death -> Stream.of(new Case(death, false), new Case(death, true)));
  }

  @BeforeAll
  static void start() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    swarm.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neitherCountsASiteTwiceNorLetsItDiverge(Case when) throws Exception {
    String contract = when.contract();
    create(contract, Duration.ofMinutes(1), STAYING, DYING);
    try (SwarmSite staying = swarm.join(contract, STAYING);
        ContractLog log = ContractLog.ofAllSites(swarm.kafka(), contract, Sites.DEADLINE)) {
      // Round 0 has the model 2; round 1 the deltas 2 and 4, or 2 and 8 when the other result
      // counts.
      Contribution first;
      try (SwarmSite dying = swarm.join(contract, DYING)) {
        Future<Merged> other = sync(staying, 1);
        Merged model = sync(dying, 3).get();
        assertThat(other.get().hash()).isEqualTo(model.hash());
        first =
            Contribution.sign(DYING, dying.terms(), 1, model.hash(), constant(4), Sites.header());
        send(first, when.chunksSent(first));
      }
      float second = when.another() ? 8 : 4;
      float counts = when.chunksSent(first) == first.chunkCount() ? 4 : second;
      Optional<Future<Merged>> waiting = Optional.empty();
      if (when.death() == Death.AFTER_THE_ROUND_WAS_SEALED) {
        waiting = Optional.of(sync(staying, 4));
        var unused = log.awaitRound(1, Sites.DEADLINE);
      }
      try (SwarmSite back = swarm.join(contract, DYING)) {
        if (waiting.isEmpty()) {
          assertThat(back.base().orElseThrow().round()).isZero();
          Future<Merged> returned = sync(back, 2 + second);
          if (when.death() == Death.AFTER_ALL_CHUNKS) {
            awaitRefusal(log, when.another() ? "conflicting" : "duplicate");
          }
          waiting = Optional.of(sync(staying, 4));
          // Without a memory folder it cannot know that it was an earlier process that sent the
          // other.
          boolean strange = when.another() && counts != second;
          assertThat(returned.get().participated()).isEqualTo(!strange);
          assertThat(returned.get().foreign().map(ForeignContribution::warning).orElse(""))
              .contains(strange ? "if an earlier process of this site sent it" : "");
          assertThat(returned.get().hash()).isEqualTo(waiting.get().get().hash());
        }
        Merged round1 = waiting.get().get();
        assertThat(round1.round()).isEqualTo(1);
        assertThat(round1.summary().closedBy()).isEqualTo("all-live");
        assertThat(round1.summary().participants())
            .extracting(RoundParticipant::address)
            .containsExactlyInAnyOrder(STAYING.address(), DYING.address());
        assertThat(round1.weights()).isEqualTo(constant(2 + (2 + counts) / 2));
        assertThat(back.base().orElseThrow().hash()).isEqualTo(round1.hash());

        Future<Merged> other = sync(staying, 10);
        Merged round2 = sync(back, 20).get();
        assertThat(round2.round()).isEqualTo(2);
        assertThat(round2.participated()).isTrue();
        assertThat(round2.weights()).isEqualTo(constant(15));
        assertThat(other.get().hash()).isEqualTo(round2.hash());
      }
    }
  }

  @Test
  void costsOneGracePeriodOnceAndIsWaitedForAgainWhenItIsBack() throws Exception {
    SiteKey third = SiteKey.ofSeed(3);
    create("gone", Duration.ofSeconds(5), STAYING, third, DYING);
    try (SwarmSite one = swarm.join("gone", STAYING);
        SwarmSite two = swarm.join("gone", third)) {
      try (SwarmSite dying = swarm.join("gone", DYING)) {
        assertThat(round(3, one, two, dying).summary().closedBy()).isEqualTo("all-live");
      }
      Merged without = round(4, one, two);
      assertThat(without.summary().closedBy()).isEqualTo("grace-period");
      assertThat(without.summary().leftOut()).containsExactly("site-2");
      RoundProgress open =
          one.rounds().awaitOpen("notice of round 2", now -> now.round() == 2, Sites.DEADLINE);
      assertThat(open.absent()).containsExactly("site-2");
      assertThat(open.missing()).doesNotContain("site-2");
      assertThat(round(5, one, two).summary().closedBy()).isEqualTo("all-live");
      try (SwarmSite back = swarm.join("gone", DYING)) {
        assertThat(back.base().orElseThrow().round()).isEqualTo(2);
        Merged together = round(6, one, two, back);
        assertThat(together.summary().closedBy()).isEqualTo("all-live");
        assertThat(together.summary().participants()).hasSize(3);
      }
    }
  }

  @Test
  void namesASlowSiteToThoseWhoWait() throws Exception {
    create("slow", Duration.ofMinutes(10), STAYING, SiteKey.ofSeed(3), DYING);
    try (SwarmSite one = swarm.join("slow", STAYING);
        SwarmSite two = swarm.join("slow", SiteKey.ofSeed(3));
        SwarmSite slow = swarm.join("slow", DYING)) {
      Contribution half =
          Contribution.sign(DYING, slow.terms(), 0, Hash.ZERO, constant(1), Sites.header());
      send(half, half.chunkCount() / 2);
      Future<Merged> other = sync(two, 1);
      assertThatThrownBy(() -> one.sync(constant(1), Sites.report(), Duration.ofSeconds(5)))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("round 0 has 2 of at least 1 contributions")
          .hasMessageContaining("site-2");
      sync(slow, 1).get();
      assertThat(other.get().summary().participants()).hasSize(3);
    }
  }

  private static void create(String contract, Duration grace, SiteKey... sites) throws Exception {
    swarm.createContract(contract, ModelLayout.flat(PARAMETERS), "mean", 1, grace, CHUNK_VALUES);
    List<String> names = new ArrayList<>();
    for (SiteKey site : sites) {
      int seed = site.equals(STAYING) ? 1 : site.equals(DYING) ? 2 : 3;
      swarm.enrol(contract, site, "site-" + seed, 100);
      names.add("site-" + seed);
    }
    Sites.awaitKnown(swarm, contract, names);
  }

  private static Merged round(float weights, SwarmSite... sites) throws Exception {
    Merged merged = null;
    Future<?>[] running = new Future<?>[sites.length];
    for (int i = 0; i < sites.length; i++) {
      running[i] = sync(sites[i], weights);
    }
    for (Future<?> site : running) {
      merged = (Merged) site.get();
      assertThat(merged.weights()).isEqualTo(constant(weights));
    }
    return Objects.requireNonNull(merged);
  }

  private static Future<Merged> sync(SwarmSite site, float weights) {
    return threads.submit(() -> site.sync(constant(weights), Sites.report(), Sites.DEADLINE));
  }

  /** What a process has written that died after so many chunks. */
  private static void send(Contribution contribution, int chunks) throws Exception {
    try (DeltaProducer producer = DeltaProducer.of(swarm.kafka())) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        producer.send(
            contribution.chunk(chunk).getContract(),
            String.valueOf(chunk),
            WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
      }
      producer.flush(Sites.DEADLINE);
    }
  }

  private static void awaitRefusal(ContractLog log, String reason) throws Exception {
    var unused =
        log.await(
            "a refusal: " + reason,
            Sites.DEADLINE,
            () ->
                log.rejections().all().stream()
                    .filter(told -> told.getReason().equals(reason))
                    .findFirst());
  }

  private static float[] constant(float value) {
    return Sites.constant(PARAMETERS, value);
  }
}
