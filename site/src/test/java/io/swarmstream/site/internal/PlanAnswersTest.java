package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedPlan;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.masking.Unmasking;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanAnswersTest {
  private static final TestContract CONTRACT =
      TestContract.of("c", "mean", 5, 3, 1_000).withPrivacy("masked");
  private static final ContractTerms TERMS = CONTRACT.terms();
  private static final MaskRoster ROSTER = MaskSamples.roster(CONTRACT, 0, 1, 2, 3);
  private static final Cohort COHORT = MaskSamples.cohort(CONTRACT, ROSTER, 0, 1, 2);
  private static final Cohort COHORT_OF_ALL = MaskSamples.cohort(CONTRACT, ROSTER, 0, 1, 2, 3);
  private static final byte[] PLAN = MaskSamples.plan(CONTRACT, COHORT, 0, 1, 2);

  @TempDir private Path folder;

  private final Map<Integer, MaskMemory> memories = new HashMap<>();

  @AfterEach
  void close() {
    memories.values().forEach(MaskMemory::close);
  }

  /** Site 3 came too late for the cohort; the others have given it shares. */
  @Test
  void takesTheMasksOffWithSharesOfASiteThatIsNotInTheCohort() throws Exception {
    byte[] agreement = agreement(PLAN, 0, 1, 3);
    List<Unmask> answers = new ArrayList<>();
    for (int site : new int[] {0, 1, 3}) {
      answers.add(WireFormat.UNMASK.decode(of(site).answer(COHORT, PLAN, agreement).orElseThrow()));
    }

    Unmasking unmasking = MaskedPlan.of(TERMS, COHORT, PLAN).unmasking();
    assertThat(unmasking.wrong(answers.get(2))).isEmpty();
    assertThat(unmasking.solve(answers.subList(0, 2))).isEmpty();
    assertThat(unmasking.solve(answers)).isPresent();
  }

  @Test
  void saysNothingWithoutShares() throws Exception {
    assertThat(of(4).confirmation(COHORT, PLAN)).isEmpty();
    assertThat(of(4).answer(COHORT, PLAN, agreement(PLAN, 0, 1, 2))).isEmpty();
  }

  @Test
  void answersOnlyWhatEnoughSitesHaveConfirmed() throws Exception {
    byte[] proof = agreement(PLAN, 0, 1, 2);
    MaskAgreement agreed = WireFormat.MASK_AGREEMENT.decode(proof);
    byte[] ofTwo =
        WireFormat.MASK_AGREEMENT.encode(
            MaskAgreement.newBuilder(agreed)
                .setSignatures(agreed.getSignatures().subList(0, 2))
                .build());
    assertThat(of(0).answer(COHORT, PLAN, ofTwo)).isEmpty();
    assertThat(of(0).answer(COHORT, PLAN, proof)).isPresent();
  }

  /** The coordinator shows this site another plan than those that have confirmed theirs. */
  @Test
  void answersNoPlanThatOthersHaveNotRead() throws Exception {
    byte[] other = MaskSamples.plan(CONTRACT, COHORT_OF_ALL, 0, 1, 2);
    byte[] agreement = agreement(PLAN, 0, 1, 2);
    assertThat(of(3).answer(COHORT_OF_ALL, other, agreement)).isEmpty();
  }

  @Test
  void confirmsOnePlanOfARound() throws Exception {
    byte[] agreement = agreement(PLAN, 0, 1, 2);
    byte[] another = MaskSamples.plan(CONTRACT, COHORT_OF_ALL, 0, 1, 2);
    assertThat(of(3).confirmation(COHORT, PLAN)).isPresent();
    assertThat(of(3).confirmation(COHORT_OF_ALL, another)).isEmpty();
    assertThat(of(3).confirmation(COHORT, PLAN)).isPresent();
    assertThat(of(3).answer(COHORT, PLAN, agreement)).isPresent();
  }

  @Test
  void confirmsNoPlanOfTooFew() {
    assertThat(of(0).confirmation(COHORT, MaskSamples.plan(CONTRACT, COHORT, 0, 1))).isEmpty();
  }

  @Test
  void confirmsNoPlanWithADeltaThatIsMaskedAmongOthers() {
    byte[] mixed = MaskSamples.plan(CONTRACT, COHORT_OF_ALL, 0, 1, 2);
    assertThat(of(0).confirmation(COHORT, mixed)).isEmpty();
  }

  /** What proves that these sites have confirmed a plan. */
  private byte[] agreement(byte[] plan, int... sites) throws Exception {
    List<MaskConfirmation> said = new ArrayList<>();
    for (int site : sites) {
      said.add(
          WireFormat.MASK_CONFIRMATION.decode(of(site).confirmation(COHORT, plan).orElseThrow()));
    }
    return WireFormat.MASK_AGREEMENT.encode(
        MaskedPlan.of(TERMS, COHORT, plan).agreement(said).orElseThrow());
  }

  private PlanAnswers of(int site) {
    SiteKey key = CONTRACT.site(site).key();
    return new PlanAnswers(
        key,
        TERMS,
        SiteSecrets.of(key, TERMS),
        memories.computeIfAbsent(site, any -> MaskMemory.of(folder, TERMS, key.address())),
        new CohortCheck(TERMS, hash -> Optional.of(ROSTER), new AllEnrolled()));
  }

  /** A chain that has the contract's sites. */
  private static final class AllEnrolled implements CohortCheck.EnrolledSites {
    @Override
    public List<String> now() {
      return CONTRACT.sites().stream().map(TestSite::address).toList();
    }

    @Override
    public List<String> ever() {
      return now();
    }
  }
}
