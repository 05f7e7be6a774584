package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskNeedsTest {
  private static final TestContract CONTRACT =
      TestContract.of("c", "mean", 4, 3, 1_000).withPrivacy("masked");
  private static final ContractTerms TERMS = CONTRACT.terms();

  private final MaskNeeds needs =
      new MaskNeeds(CONTRACT.site(0).address(), CONTRACT.site(0).name());

  /** It left, and too few were left for a roster without it. */
  @Test
  void missesASiteOfTheRosterThatIsAbsent() {
    assertThat(needs.isMissed(Optional.of(roster(0, 1, 2)), Optional.of(absent(0)))).isTrue();
  }

  @Test
  void missesASiteThatTheRosterIsWithout() {
    assertThat(needs.isMissed(Optional.of(roster(1, 2, 3)), Optional.empty())).isTrue();
    assertThat(needs.isMissed(Optional.empty(), Optional.empty())).isTrue();
  }

  @Test
  void doesNotMissASiteThatIsCountedOn() {
    assertThat(needs.isMissed(Optional.of(roster(0, 1, 2)), Optional.empty())).isFalse();
    assertThat(needs.isMissed(Optional.of(roster(0, 1, 2)), Optional.of(absent(1)))).isFalse();
  }

  /** It was removed and enrolled again; the job has forgotten its key, the log's roster has not. */
  @Test
  void announcesThoughTheRosterHasItUntilThereIsACohort() {
    assertThat(needs.mayBeUnknown(Optional.of(roster(0, 1, 2)), Optional.empty())).isTrue();
    assertThat(needs.mayBeUnknown(Optional.of(roster(0, 1, 2)), Optional.of(cohort()))).isFalse();
  }

  @Test
  void announcesWhileTheRosterIsWithoutIt() {
    assertThat(needs.mayBeUnknown(Optional.of(roster(1, 2, 3)), Optional.of(cohort()))).isTrue();
    assertThat(needs.mayBeUnknown(Optional.empty(), Optional.empty())).isTrue();
  }

  private static MaskCohort cohort() {
    return MaskSamples.cohort(CONTRACT, roster(1, 2, 3), 1, 2, 3).record();
  }

  private static RoundNotice absent(int site) {
    return RoundNotice.newBuilder()
        .setContract(TERMS.contract())
        .setRound(7)
        .setContributed(2)
        .setMinPeers(3)
        .setMissing(List.of())
        .setMissingCount(0)
        .setAbsent(List.of(CONTRACT.site(site).name()))
        .setClosesAtMs(-1)
        .setFence("")
        .setAtMs(1_000)
        .build();
  }

  private static MaskRoster roster(int... sites) {
    return MaskSamples.roster(CONTRACT, sites);
  }
}
