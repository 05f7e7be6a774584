package io.swarmstream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FirstTrainingTest {
  private static final Path ROOT = Path.of("..");

  /** README.md shows its core, which another test compares. */
  @Test
  void isWhatTheDocumentationShows() throws IOException {
    String program =
        Files.readString(
                ROOT.resolve("examples/src/main/java/io/swarmstream/examples/FirstTraining.java"))
            .replaceAll(" *// (region readme|endregion)\\n", "");

    assertThat(Files.readString(ROOT.resolve("docs/java.md"))).contains(program);
  }
}
