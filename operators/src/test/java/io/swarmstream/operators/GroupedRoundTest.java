package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.MaskedSites;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rounds that merge the means of masked groups. */
class GroupedRoundTest {
  private static final int GRACE_MS = 1_000;
  private static final int[] ALL = IntStream.range(0, 9).toArray();

  private static final TestContract CONTRACT =
      TestContract.of("c", "coordmedian", 9, 9, GRACE_MS).withPrivacy("grouped(groups=3,range=2)");

  @Test
  void mergesTheMedianOfTheGroupsMeans() throws Exception {
    try (SwarmRig rig = begun()) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, ALL);
      RoundRecord record = rig.newestRecord(CONTRACT).orElseThrow();

      assertThat(MaskedSum.flaw(record, CONTRACT.terms())).isEmpty();
      assertThat(record.getNorms()).isEmpty();
      float[] model = rig.model(CONTRACT).orElseThrow();
      MaskedSum masks = masks(record);
      assertThat(masks.sums()).hasSize(3);
      for (int i = 0; i < model.length; i++) {
        assertThat((double) model[i]).isCloseTo(median(masks, record, sites, i), within(2e-6));
      }
    }
  }

  /** Fifteen sites in four groups, of which one has three; of these, one is missing. */
  @Test
  void leavesOutAGroupThatIsTooSmall() throws Exception {
    TestContract contract =
        TestContract.of("c", "coordmedian", 15, 12, GRACE_MS)
            .withPrivacy("grouped(groups=4,range=2)");
    int[] all = IntStream.range(0, 15).toArray();
    try (SwarmRig rig = begun(contract, all)) {
      MaskedSites sites = new MaskedSites(rig, contract);
      sites.offer(0, all);
      rig.settle();
      Cohort cohort = sites.cohort(0).orElseThrow();
      int[] smallest = smallestGroup(contract, cohort);
      int[] contributing = IntStream.of(all).filter(site -> site != smallest[0]).toArray();
      sites.contribute(0, contributing);
      rig.settle();
      rig.advance(GRACE_MS);
      sites.confirm(0, all);
      rig.settle();
      assertThat(sites.maskedPlan(0).flaw()).isEmpty();
      sites.answer(0, all);
      rig.settle();

      RoundRecord record = rig.newestRecord(contract).orElseThrow();
      assertThat(MaskedSum.flaw(record, contract.terms())).isEmpty();
      Set<String> group = Set.copyOf(addresses(contract, smallest));
      assertThat(record.getParticipants())
          .hasSize(12)
          .noneMatch(in -> group.contains(in.getSite()));
      List<Rejection> told = rig.rejections();
      assertThat(told)
          .isNotEmpty()
          .allSatisfy(
              each ->
                  assertThat(each.getMessage()).contains("too few sites of its group contributed"));
      // They have done their part, so the next round waits for them.
      sites.offer(1, contributing);
      rig.settle();
      assertThat(sites.cohort(1).orElseThrow().members()).hasSize(14);
    }
  }

  /** Twelve sites in three groups, of which one has two left: both others of it have left. */
  @Test
  void namesInItsNoticeWhoIsMissingInAGroupThatIsTooSmall() throws Exception {
    TestContract contract =
        TestContract.of("c", "coordmedian", 12, 9, GRACE_MS)
            .withPrivacy("grouped(groups=3,range=2)");
    int[] all = IntStream.range(0, 12).toArray();
    try (SwarmRig rig = begun(contract, all)) {
      MaskedSites sites = new MaskedSites(rig, contract);
      sites.offer(0, all);
      rig.settle();
      int[] group = groupOf(0, contract, sites.cohort(0).orElseThrow());
      assertThat(group).hasSize(4);
      Set<Integer> gone = Set.of(group[2], group[3]);
      for (int site : gone) {
        rig.say(contract, site, SiteEvents.LEFT, 5);
      }
      rig.settle();
      sites.contribute(0, IntStream.of(all).filter(site -> !gone.contains(site)).toArray());
      rig.settle();
      rig.advance(10 * GRACE_MS); // notices go out

      List<RoundNotice> notices = rig.notices(contract);
      RoundNotice newest = notices.get(notices.size() - 1);
      assertThat(newest.getContributed()).isEqualTo(10);
      assertThat(newest.getMissing())
          .containsExactlyInAnyOrderElementsOf(
              gone.stream().map(site -> contract.site(site).name()).toList());
      assertThat(newest.getMissingCount()).isEqualTo(2);
      assertThat(newest.getAbsent()).isEmpty();

      sites.contribute(0, group[2]); // three of it are there
      rig.settle();
      rig.advance(GRACE_MS);
      assertThat(sites.plan(0)).isPresent();
    }
  }

  /** Its sites are one fewer than in the others, so it is too small once one is missing. */
  private static int[] smallestGroup(TestContract contract, Cohort cohort) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int site = 0; site < contract.sites().size(); site++) {
      int one = site;
      String address = contract.site(site).address();
      List<String> without = new ArrayList<>(cohort.members());
      without.remove(address);
      Set<String> left = cohort.hidden(without, contract.terms());
      List<Integer> group =
          IntStream.range(0, contract.sites().size())
              .filter(each -> each == one || !left.contains(contract.site(each).address()))
              .boxed()
              .toList();
      groups.add(group);
    }
    return groups.stream().max(Comparator.comparing(List::size)).orElseThrow().stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Of groups of four that need three: without two of a group its sum is not told. */
  private static int[] groupOf(int site, TestContract contract, Cohort cohort) {
    return IntStream.range(0, contract.sites().size())
        .filter(
            other -> {
              List<String> without = new ArrayList<>(cohort.members());
              without.removeAll(addresses(contract, new int[] {site, other}));
              return other == site
                  || cohort.hidden(without, contract.terms()).size() < without.size();
            })
        .toArray();
  }

  private static List<String> addresses(TestContract contract, int[] sites) {
    return IntStream.of(sites).mapToObj(site -> contract.site(site).address()).toList();
  }

  private static MaskedSum masks(RoundRecord record) {
    return MaskedSum.of(
        Cohort.hash(record),
        record.getMaskMembers(),
        record.getParticipants().stream().map(Participant::getSite).toList(),
        record.getMaskWeightLimit(),
        CONTRACT.terms());
  }

  /** By definition: the middle one of the three means, in which weights do count. */
  private static double median(MaskedSum masks, RoundRecord record, MaskedSites sites, int i) {
    List<Double> means = new ArrayList<>();
    for (MaskedSum.GroupSum group : masks.sums()) {
      double sum = 0;
      double weight = 0;
      for (int row : group.rows()) {
        String address = record.getParticipants().get(row).getSite();
        int site =
            IntStream.of(ALL)
                .filter(each -> CONTRACT.site(each).address().equals(address))
                .findFirst()
                .orElseThrow();
        sum += (site + 1.0) * sites.delta(site, 0)[i];
        weight += site + 1.0;
      }
      means.add(sum / weight);
    }
    return means.stream().sorted().toList().get(1);
  }

  private static void play(SwarmRig rig, MaskedSites sites, int[] in) throws Exception {
    sites.offer(0, in);
    rig.settle();
    sites.contribute(0, in);
    rig.settle();
    sites.confirm(0, in);
    rig.settle();
    sites.answer(0, in);
    rig.settle();
  }

  private static SwarmRig begun() throws Exception {
    return begun(CONTRACT, ALL);
  }

  private static SwarmRig begun(TestContract contract, int[] all) throws Exception {
    SwarmRig rig = new SwarmRig(1, contract);
    rig.graph().startCheckpoint();
    rig.settle();
    new MaskedSites(rig, contract).announce(all);
    rig.settle();
    return rig;
  }
}
