package io.swarmstream.site.node.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsMismatchTest {
  private static final ModelLayout LAYOUT = ModelLayout.flat(4);

  /** They would send the merged model or nothing, whose delta everybody knows. */
  @ParameterizedTest
  @CsvSource({
    "ACTIVE, mean, masked(range=1), 3",
    "INACTIVE, mean, masked(range=1), 3",
    "INACTIVE, coordmedian, 'grouped(groups=3,range=1)', 9"
  })
  void refusesUnderMasksWhatWouldHideNothingWhenTheTrainerHasFinished(
      CheckIn checkIn, String method, String privacy, int minPeers) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                TermsMismatch.check(terms(method, privacy, minPeers), request(method, 1, checkIn)));

    assertThat(problem.code()).isEqualTo(ProblemCode.TERMS_MISMATCH);
    assertThat(problem.field()).isEqualTo("checkinModelOnTrainEnd");
    assertThat(problem.detail()).contains("scans", privacy, "hides no other", "send a snapshot");
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckIn.class,
      names = {"SNAPSHOT", "ACTIVE"})
  void refusesWeightZeroUnderMasks(CheckIn checkIn) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                TermsMismatch.check(
                    terms("mean", "masked(range=1)", 3), request("mean", 0, checkIn)));

    assertThat(problem.field()).isEqualTo("weight");
    assertThat(problem.detail()).contains("has weight 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"masked(range=1)", "none"})
  void takesSnapshots(String privacy) {
    assertThatCode(
            () ->
                TermsMismatch.check(
                    terms("mean", privacy, 3), request("mean", 1, CheckIn.SNAPSHOT)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckIn.class,
      names = {"ACTIVE", "INACTIVE"})
  void takesThemWithoutMasks(CheckIn checkIn) {
    assertThatCode(() -> TermsMismatch.check(terms("mean", "none", 3), request("mean", 0, checkIn)))
        .doesNotThrowAnyException();
  }

  private static ContractTerms terms(String method, String privacy, int minPeers) {
    return new ContractTerms(
            "scans",
            "eip155:1:0x00",
            method,
            minPeers,
            1_000,
            LAYOUT.parameterCount(),
            4,
            DeltaEncoding.FLOAT32,
            LAYOUT.hash().hex())
        .withPrivacy(Privacy.of(privacy));
  }

  private static SessionRequest request(String method, int weight, CheckIn checkIn) {
    return new SessionRequest(
        "scans", "t", LAYOUT, weight, null, method, 8, false, checkIn, 0, false);
  }
}
