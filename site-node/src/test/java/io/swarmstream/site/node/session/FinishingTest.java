package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
