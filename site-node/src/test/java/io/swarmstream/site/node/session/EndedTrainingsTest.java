package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedTrainingsTest {
  @TempDir Path folder;

  @Test
  void areStillThereWhenTheNodeIsStartedAgain() {
    new EndedTrainings(folder).add(ended("s", 7));

    assertThat(new EndedTrainings(folder).all()).containsExactly(ended("s", 7));
  }

  @Test
  void areTheNewestTwentyEachOnce() {
    EndedTrainings all = new EndedTrainings(folder);
    for (int i = 0; i < 30; i++) {
      all.add(ended("s" + i, i));
    }
    all.add(ended("s29", 31));

    assertThat(all.all()).hasSize(20);
    assertThat(all.all().get(0)).isEqualTo(ended("s29", 31));
    assertThat(all.all().get(19)).isEqualTo(ended("s10", 10));
  }

  @Test
  void beginAnewWhereTheFileIsOfAnotherVersion() throws Exception {
    Files.writeString(folder.resolve("ended.json"), "[{\"x\":1}]");

    assertThat(new EndedTrainings(folder).all()).isEmpty();
  }

  private static EndedTraining ended(String session, long round) {
    return new EndedTraining(
        "c", session, "numpy", round, "ab", round == 7 ? null : 0.5, "2026-01-01T00:00:00Z");
  }
}
