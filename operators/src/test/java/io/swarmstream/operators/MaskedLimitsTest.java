package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.MaskedSites;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.masking.CrowdSize;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many sites, and how much weight, a masked round takes. */
class MaskedLimitsTest {
  private static final int GRACE_MS = 1_000;
  private static final int[] ALL = {0, 1, 2, 3};

  private static final TestContract CONTRACT =
      TestContract.of("c", "mean", 4, 3, GRACE_MS).withPrivacy("masked(range=2)");

  /** Those beyond the most that a cohort can have are not waited for. */
  @Test
  void beginsWithoutSitesThatTheRosterHasNoRoomFor() throws Exception {
    TestContract crowd =
        TestContract.of("c", "mean", CrowdSize.MOST + 2, 3, GRACE_MS).withPrivacy("masked");
    try (SwarmRig rig = new SwarmRig(1, crowd)) {
      rig.settle();
      MaskedSites sites = new MaskedSites(rig, crowd);
      sites.announce(IntStream.range(0, CrowdSize.MOST + 2).toArray());
      rig.settle();
      sites.offer(0, IntStream.range(0, CrowdSize.MOST).toArray());
      rig.settle();

      assertThat(sites.cohort(0).orElseThrow().members()).hasSize(CrowdSize.MOST);
    }
  }

  /** It may be in the next roster, so a round gives it the grace period to begin. */
  @Test
  void givesASiteThatHasNotAnnouncedItsKeyTheGracePeriod() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      rig.settle();
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.announce(0, 1, 2);
      rig.settle();
      sites.offer(0, 0, 1, 2);
      rig.settle();
      assertThat(sites.cohort(0)).isEmpty();

      rig.advance(GRACE_MS);
      assertThat(sites.cohort(0)).isPresent();
    }
  }

  /** Sites are enrolled with a greater weight when the round has a cohort: the sum has no room. */
  @Test
  void takesNoMoreWeightThanTheSumHasRoomFor() throws Exception {
    try (SwarmRig rig = begun(CONTRACT.enrolledUpTo(2))) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.offer(0, ALL);
      rig.settle();
      for (int site : new int[] {2, 3}) {
        TestSite of = CONTRACT.site(site);
        rig.graph()
            .contractEvents(
                List.of(ContractEvent.enrolled(1_000 + site, 0, "c", of.address(), of.name(), 9)));
      }
      rig.settle();
      sites.contribute(0, 0, 1, 2); // weights 1 to 3, of 4 times 2
      rig.settle();
      assertThat(rig.rejections()).isEmpty();
      sites.contribute(0, 3);
      rig.settle();
      assertThat(rig.rejections())
          .isNotEmpty()
          .allSatisfy(told -> assertThat(told.getField()).isEqualTo("header.weight"))
          .allSatisfy(told -> assertThat(told.getMessage()).contains("sum to 8, which leaves 2"));

      rig.advance(GRACE_MS);
      sites.reply(0, ALL);
      rig.settle();
      RoundRecord record = rig.newestRecord(CONTRACT).orElseThrow();
      assertThat(record.getParticipants()).hasSize(3);
      assertThat(MaskedSum.flaw(record, CONTRACT.terms())).isEmpty();
      float[] model = rig.model(CONTRACT).orElseThrow();
      for (int i = 0; i < model.length; i++) {
        double sum = 0;
        for (int site = 0; site < 3; site++) {
          sum += (site + 1.0) * sites.delta(site, 0)[i];
        }
        assertThat((double) model[i]).isCloseTo(sum / 6, within(2e-6));
      }
    }
  }

  /** Sites would take no cohort with more room, and a round has only one. */
  @Test
  void leavesNoRoomForGreaterWeightsUnderNoise() throws Exception {
    TestContract noisy =
        TestContract.of("c", "mean", 4, 3, GRACE_MS)
            .withPrivacy("dp(clip=1,noise=1)+masked(range=6)");
    try (SwarmRig rig = begun(noisy.enrolledUpTo(9))) {
      MaskedSites sites = new MaskedSites(rig, noisy);
      sites.offer(0, ALL);
      rig.settle();

      assertThat(sites.cohort(0).orElseThrow().weightLimit()).isEqualTo(4);
      assertThat(sites.cohort(0).orElseThrow().flaw(noisy.terms())).isEmpty();
    }
  }

  @Test
  void findsARecordWhoseWeightsTheSumHasNoRoomFor() throws Exception {
    try (SwarmRig rig = begun(CONTRACT)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.offer(0, ALL);
      rig.settle();
      sites.contribute(0, ALL); // weights 1 to 4
      rig.settle();
      sites.reply(0, ALL);
      rig.settle();
      RoundRecord record = rig.newestRecord(CONTRACT).orElseThrow();

      assertThat(MaskedSum.flaw(withRoom(record, 10), CONTRACT.terms())).isEmpty();
      assertThat(MaskedSum.flaw(withRoom(record, 9), CONTRACT.terms()))
          .contains("the weights of its participants sum to 10, its sum has room for 9");
    }
  }

  private static RoundRecord withRoom(RoundRecord record, long weightLimit) {
    return RoundRecord.newBuilder(record).setMaskWeightLimit(weightLimit).build();
  }

  /** All have announced their keys. */
  private static SwarmRig begun(TestContract contract) throws Exception {
    SwarmRig rig = new SwarmRig(1, contract);
    rig.settle();
    new MaskedSites(rig, contract).announce(ALL);
    rig.settle();
    return rig;
  }
}
