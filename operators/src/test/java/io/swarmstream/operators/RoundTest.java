package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {
  private static final long GRACE_MS = 30_000;

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void closesWhenAllLiveSitesHaveContributed(String method) throws Exception {
    TestContract contract = TestContract.of("c", method, 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contributeAll(rig, contract, 0, 4);
      rig.settle();
      assertThat(rig.rejections()).isEmpty();
      RoundRecord record = rig.records(contract).get(0);
      assertThat(record.getClosedBy()).isEqualTo("all-live");
      assertThat(record.getMethod()).isEqualTo(method);
      assertThat(record.getParticipants()).extracting(Participant::getSite).isSorted().hasSize(3);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(4));
      Leftovers.assertNone(rig, contract);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void addsTheMergedDeltaToTheModelOfTheRoundBefore(String method) throws Exception {
    TestContract contract = TestContract.of("c", method, 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      for (int round = 0; round < 3; round++) {
        contributeAll(rig, contract, round, 4);
        rig.settle();
      }
      assertThat(rig.records(contract))
          .extracting(RoundRecord::getRound)
          .containsExactly(0L, 1L, 2L);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(12));
      assertThat(rig.graph().anchors)
          .extracting(anchor -> anchor.round())
          .containsExactly(0L, 1L, 2L);
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void countsASiteByItsWeight() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.send(
          contract.contribution(0, 0, Hash.ZERO, TestContract.header(3), contract.constant(8)));
      rig.send(
          contract.contribution(1, 0, Hash.ZERO, TestContract.header(1), contract.constant(0)));
      rig.settle();
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void leavesTheModelAsItIsWhenNobodyCounts(String method) throws Exception {
    TestContract contract = TestContract.of("c", method, 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contributeAll(rig, contract, 0, 4);
      rig.settle();
      for (int site = 0; site < 2; site++) {
        rig.send(
            contract.contribution(
                site, 1, rig.base(contract), TestContract.header(0), contract.constant(9)));
      }
      rig.settle();
      assertThat(rig.records(contract)).hasSize(2);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(4));
      Leftovers.assertNone(rig, contract);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trimmedmean:1",
        "multikrum:1",
        "bulyan:1",
        "nnm+trimmedmean:1",
        "nnm+geomedian:1"
      })
  void leavesTheModelAsItIsWhenFewerCountThanTheMethodNeeds(String method) throws Exception {
    int sites = 7;
    TestContract contract = TestContract.of("c", method, sites, sites, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contributeAll(rig, contract, 0, 4);
      rig.settle();
      for (int site = 0; site < sites; site++) {
        int weight = site < 2 ? 1 : 0;
        rig.send(
            contract.contribution(
                site, 1, rig.base(contract), TestContract.header(weight), contract.constant(9)));
      }
      rig.settle();
      assertThat(rig.records(contract)).hasSize(2);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(4));
      contributeAll(rig, contract, 2, 4);
      rig.settle();
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(8));
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void closesAfterTheGracePeriodWithoutTheMissingSite() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.advance(GRACE_MS - 1);
      assertThat(rig.records(contract)).isEmpty();
      rig.advance(1);
      RoundRecord record = rig.records(contract).get(0);
      assertThat(record.getClosedBy()).isEqualTo("grace-period");
      assertThat(record.getLeftOut()).containsExactly(contract.site(2).name());
      assertThat(record.getParticipants()).hasSize(2);
    }
  }

  @Test
  void hearsAfterAnOutageWhatSitesSentMeanwhileBeforeTheGracePeriodEnds() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.graph().checkpointAndCrash(2);
      rig.advance(10 * GRACE_MS); // away; the timers that fell due fire before any site is read
      contribute(rig, contract, 0, 4, 2);
      rig.settle();
      RoundRecord record = rig.records(contract).get(0);
      assertThat(record.getClosedBy()).isEqualTo("all-live");
      assertThat(record.getParticipants()).hasSize(3);
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void givesNoNoticesOfTheTimeThatItWasAway() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0);
      rig.settle();
      rig.advance(1_000);
      int before = rig.notices(contract).size();
      rig.graph().checkpointAndCrash(2);
      rig.advance(3_600_000); // away
      assertThat(rig.notices(contract)).hasSize(before);
      long backAtMs = rig.graph().nowMs();
      rig.advance(5_000);
      List<RoundNotice> notices = rig.notices(contract);
      assertThat(notices).hasSize(before + 1);
      assertThat(notices.get(before).getAtMs()).isGreaterThan(backAtMs);
      assertThat(notices.get(before).getMissing())
          .containsExactly(contract.site(1).name(), contract.site(2).name());
    }
  }

  @Test
  void givesAVanishedSiteOneMoreGracePeriodForEachRestart() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.advance(GRACE_MS / 2);
      rig.graph().checkpointAndCrash(2);
      rig.say(contract, 0, SiteEvents.JOINED, 5); // it runs again and hears something
      rig.settle();
      rig.advance(GRACE_MS - 1);
      assertThat(rig.records(contract)).isEmpty();
      rig.advance(1);
      assertThat(rig.records(contract).get(0).getClosedBy()).isEqualTo("grace-period");
      contribute(rig, contract, 1, 4, 0, 1);
      rig.settle();
      assertThat(rig.records(contract).get(1).getClosedBy()).isEqualTo("all-live");
    }
  }

  @Test
  void keepsAGracePeriodWithoutEndThroughARestart() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, Long.MAX_VALUE);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.graph().checkpointAndCrash(2);
      rig.advance(1_000_000);
      assertThat(rig.records(contract)).isEmpty();
      contribute(rig, contract, 0, 4, 2);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(1);
    }
  }

  @Test
  void waitsForAVanishedSiteOnce() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.advance(GRACE_MS);
      contribute(rig, contract, 1, 4, 0, 1);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(2);
      assertThat(rig.records(contract).get(1).getClosedBy()).isEqualTo("all-live");
    }
  }

  @Test
  void waitsAgainForASiteThatHasComeBack() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.advance(GRACE_MS);
      rig.say(contract, 2, SiteEvents.JOINED, 5);
      rig.settle(); // its word and the others' deltas come by different topics
      contribute(rig, contract, 1, 4, 0, 1);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(1);
      contribute(rig, contract, 1, 4, 2);
      rig.settle();
      assertThat(rig.records(contract).get(1).getParticipants()).hasSize(3);
    }
  }

  @Test
  void doesNotWaitForASiteThatHasLeft() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.say(contract, 2, SiteEvents.LEFT, 5);
      rig.settle();
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(1);
    }
  }

  @Test
  void doesNotTakeAReplayedWordOfLeavingForANewOne() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.say(contract, 2, SiteEvents.LEFT, 5);
      rig.say(contract, 2, SiteEvents.JOINED, 6);
      rig.say(contract, 2, SiteEvents.LEFT, 5);
      rig.settle();
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      assertThat(rig.records(contract)).isEmpty();
    }
  }

  @Test
  void waitsWithoutEndForMinPeersAndSaysWhoIsMissing() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 1);
      rig.settle();
      rig.advance(100 * GRACE_MS);
      assertThat(rig.records(contract)).isEmpty();
      List<RoundNotice> notices = rig.notices(contract);
      RoundNotice newest = notices.get(notices.size() - 1);
      assertThat(newest.getMissing())
          .containsExactly(contract.site(0).name(), contract.site(2).name());
      assertThat(newest.getContributed()).isEqualTo(1);
      assertThat(newest.getMinPeers()).isEqualTo(2);
      assertThat(newest.getClosesAtMs()).isEqualTo(-1);
    }
  }

  @Test
  void waitsWithoutEndWhenTheTermsSaySo() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, Long.MAX_VALUE);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      rig.advance(1_000_000);
      assertThat(rig.records(contract)).isEmpty();
      contribute(rig, contract, 0, 4, 2);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(1);
    }
  }

  @Test
  void saysWhenTheGracePeriodEnds() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 4, 0, 1);
      rig.settle();
      long closesAtMs = rig.graph().nowMs() + GRACE_MS;
      rig.advance(1_000);
      List<RoundNotice> notices = rig.notices(contract);
      assertThat(notices.get(notices.size() - 1).getClosesAtMs()).isEqualTo(closesAtMs);
    }
  }

  @Test
  void takesContributionsOfSitesThatReadTheSealedRoundBeforeTheCoordinator() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      rig.graph().hold(written -> WireFormat.ROUND_RECORD.frames(written.value()));
      contributeAll(rig, contract, 0, 4);
      rig.settle(); // sealed and written, not read back yet
      contributeAll(rig, contract, 1, 4);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(1);
      rig.graph().hold(written -> false);
      rig.settle();
      assertThat(rig.records(contract)).hasSize(2);
      assertThat(rig.rejections()).isEmpty();
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void keepsTwoContractsApart() throws Exception {
    TestContract first = TestContract.of("first", "mean", 2, 2, GRACE_MS);
    TestContract second = TestContract.of("second", "geomedian", 3, 3, GRACE_MS, 7, 2);
    try (SwarmRig rig = new SwarmRig(1, first, second)) {
      contributeAll(rig, first, 0, 4);
      contributeAll(rig, second, 0, 5);
      rig.settle();
      contributeAll(rig, second, 1, 5);
      rig.settle();
      assertThat(rig.model(first)).get().isEqualTo(first.constant(4));
      assertThat(rig.model(second)).get().isEqualTo(second.constant(10));
      assertThat(rig.records(first)).hasSize(1);
      assertThat(rig.records(second)).hasSize(2);
      Leftovers.assertNone(rig, first, second);
    }
  }

  @Test
  void dismissesAContributionThatTheLogMayDropAndTakesItWhenItIsSentAgain() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      contribute(rig, contract, 0, 1, 0);
      rig.settle();
      rig.advance(SwarmRig.CONTRIBUTION_LIFETIME.toMillis());
      assertThat(rig.rejections()).isEmpty();
      rig.advance(10_000);
      assertThat(rig.rejections())
          .singleElement()
          .satisfies(
              rejection -> {
                assertThat(rejection.getReason()).isEqualTo(RejectionReason.EXPIRED.code());
                assertThat(rejection.getSite()).isEqualTo(contract.site(0).address());
                assertThat(rejection.getMessage()).contains("send it again");
              });
      contribute(rig, contract, 0, 3, 1);
      rig.settle();
      assertThat(rig.records(contract)).isEmpty();
      contribute(rig, contract, 0, 1, 0);
      rig.settle();
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(2));
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void takesAContributionHoweverOftenItHasExpiredAndBeenSentAgain() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      for (int time = 1; time <= 6; time++) {
        contribute(rig, contract, 0, 1, 0);
        rig.settle();
        rig.advance(SwarmRig.CONTRIBUTION_LIFETIME.toMillis() + 10_000);
        assertThat(rig.rejections())
            .hasSize(time)
            .extracting(Rejection::getReason)
            .containsOnly(RejectionReason.EXPIRED.code());
      }
      contribute(rig, contract, 0, 1, 0);
      contribute(rig, contract, 0, 3, 1);
      rig.settle();
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(2));
      Leftovers.assertNone(rig, contract);
    }
  }

  @Test
  void servesAContractThatIsCreatedLater() throws Exception {
    TestContract first = TestContract.of("first", "mean", 2, 2, GRACE_MS);
    TestContract later = TestContract.of("later", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, first)) {
      contributeAll(rig, first, 0, 4);
      rig.settle();
      rig.graph().contractEvents(later.events());
      rig.settle();
      rig.advance(SwarmRig.NEW_CONTRACT_MS);
      contributeAll(rig, later, 0, 2);
      rig.settle();
      assertThat(rig.model(later)).get().isEqualTo(later.constant(2));
    }
  }

  @Test
  void leavesOutAContractWithAMergeMethodThatItDoesNotHave() throws Exception {
    TestContract odd = TestContract.of("odd", "horoscope", 2, 2, GRACE_MS);
    TestContract good = TestContract.of("good", "mean", 2, 2, GRACE_MS);
    try (SwarmRig rig = new SwarmRig(1, odd, good)) {
      contributeAll(rig, odd, 0, 4);
      contributeAll(rig, good, 0, 4);
      rig.settle();
      assertThat(rig.records(odd)).isEmpty();
      assertThat(rig.records(good)).hasSize(1);
    }
  }

  private static void contributeAll(SwarmRig rig, TestContract contract, long round, float value)
      throws Exception {
    for (int site = 0; site < contract.sites().size(); site++) {
      contribute(rig, contract, round, value, site);
    }
  }

  private static void contribute(
      SwarmRig rig, TestContract contract, long round, float value, int... sites) throws Exception {
    for (int site : sites) {
      // Mid-flight, the newest record may not be committed yet: it is what a fast site reads all
      // the same.
      Hash base = rig.base(contract);
      rig.send(contract.contribution(site, round, base, contract.constant(value)));
    }
  }
}
