package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("NullAway.Init")
class FinishingTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  @TempDir private Path place;

  @Test
  void hasTheSnapshotOnDiskBeforeTheWorkBegins() throws IOException {
    try (LastWeights last = weights()) {
      AtomicBoolean kept = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  new Finishing("s", last)
                      .begin(
                          CheckIn.SNAPSHOT,
                          DEADLINE,
                          (checkIn, deadline) -> {
                            kept.set(Files.exists(place.resolve("snapshot.bin")));
                            throw new IllegalStateException("seen");
                          }))
          .hasMessage("seen");
      assertThat(kept).isTrue();
    }
  }

  @Test
  void needsNoSnapshotOfATrainerThatSendsTheMergedModelBack() throws IOException {
    try (LastWeights last = weights()) {
      assertThatThrownBy(
              () ->
                  new Finishing("s", last)
                      .begin(
                          CheckIn.ACTIVE,
                          DEADLINE,
                          (checkIn, deadline) -> {
                            throw new IllegalStateException("seen");
                          }))
          .hasMessage("seen");
      assertThat(place.resolve("snapshot.bin")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckIn.class,
      names = {"ACTIVE", "INACTIVE"})
  void refusesUnderMasksAnEndThatEverybodyKnows(CheckIn checkIn) {
    assertThatThrownBy(() -> Finishing.requireHiding(terms("masked(range=1)"), 1, checkIn))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.BAD_VALUE);
              assertThat(problem.field()).isEqualTo("checkIn");
              assertThat(problem.detail()).contains("scans", "hides no other", "send a snapshot");
            });
    Finishing.requireHiding(terms("masked(range=1)"), 1, CheckIn.SNAPSHOT);
    Finishing.requireHiding(terms("none"), 1, checkIn);
  }

  private static ContractTerms terms(String privacy) {
    ModelLayout layout = ModelLayout.flat(4);
    return new ContractTerms(
            "scans",
            "eip155:1:0x00",
            "mean",
            3,
            1_000,
            layout.parameterCount(),
            4,
            DeltaEncoding.FLOAT32,
            layout.hash().hex())
        .withPrivacy(Privacy.of(privacy));
  }

  @Test
  void saysThatATrainerHasNotFinished() throws IOException {
    try (LastWeights last = weights()) {
      Finishing finishing = new Finishing("s", last);

      finishing.requireNotFinished();
      assertThatThrownBy(() -> finishing.await(DEADLINE))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("POST /v1/sessions/s/finish");
    }
  }

  private LastWeights weights() throws IOException {
    LastWeights last = LastWeights.none(SessionFolder.open(place));
    last.replace(WeightsFile.in(place));
    return last;
  }
}
