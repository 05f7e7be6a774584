package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CohortCheckTest {
  private static final TestContract CONTRACT =
      TestContract.of("c", "mean", 5, 3, 1_000).withPrivacy("masked");
  private static final ContractTerms TERMS = CONTRACT.terms();

  private final Registered chain = new Registered();
  private final Map<Hash, MaskRoster> log = new HashMap<>();
  private final CohortCheck check = fresh();

  /** The check of a process that has asked nobody yet. */
  private CohortCheck fresh() {
    return new CohortCheck(TERMS, hash -> Optional.ofNullable(log.get(hash)), chain);
  }

  @Test
  void masksAmongACohortOfWhichOneWasRemovedAlsoAfterARestart() {
    MaskRoster roster = roster(0, 1, 2, 3);
    assertThat(check.flaw(roster)).isEmpty();
    chain.now.remove(address(3));

    assertThat(check.flaw(cohort(roster, 0, 1, 2))).isEmpty();
    assertThat(fresh().flaw(cohort(roster, 0, 1, 2))).isEmpty();
  }

  @Test
  void masksAmongNobodyWhoWasNeverEnrolled() {
    chain.now.remove(address(3));
    chain.ever.remove(address(3));

    assertThat(check.flaw(cohort(roster(0, 1, 2, 3), 0, 1, 2)))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains("enrolled", address(3)));
  }

  @Test
  void searchesNoEventsWhileAllAreEnrolled() {
    assertThat(check.flaw(cohort(roster(0, 1, 2, 3), 0, 1, 2))).isEmpty();
    assertThat(chain.searches).isZero();
  }

  /** Also not if this process has seen it enrolled. */
  @Test
  void givesNoSharesToASiteThatWasRemovedBeforeTheRoster() {
    assertThat(check.flaw(roster(0, 1, 2, 3))).isEmpty();
    chain.now.remove(address(3));

    assertThat(check.flaw(roster(1, 2, 3, 4)))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains("enrolled"));
    assertThat(check.flaw(roster(0, 1, 2, 4))).isEmpty();
    assertThat(check.flaw(roster(0, 1, 2, 3))).as("once more").isPresent();
  }

  @Test
  void asksTheChainOnceForEachRoster() {
    assertThat(check.flaw(roster(0, 1, 2, 3))).isEmpty();
    assertThat(check.flaw(roster(0, 1, 2, 3))).isEmpty();
    assertThat(chain.reads).isEqualTo(1);
  }

  private MaskRoster roster(int... sites) {
    MaskRoster roster = MaskSamples.roster(CONTRACT, sites);
    log.put(Roster.of(TERMS, roster).hash(), roster);
    return roster;
  }

  private static Cohort cohort(MaskRoster roster, int... sites) {
    return MaskSamples.cohort(CONTRACT, roster, sites);
  }

  private static String address(int site) {
    return CONTRACT.site(site).address();
  }

  /** The contract's sites on a chain; all are enrolled at first. */
  private static final class Registered implements CohortCheck.EnrolledSites {
    private final List<String> now = new ArrayList<>(addresses());
    private final List<String> ever = new ArrayList<>(addresses());
    private int reads;
    private int searches;

    private static List<String> addresses() {
      return CONTRACT.sites().stream().map(TestSite::address).toList();
    }

    @Override
    public List<String> now() {
      reads++;
      return List.copyOf(now);
    }

    @Override
    public List<String> ever() {
      searches++;
      return List.copyOf(ever);
    }
  }
}
