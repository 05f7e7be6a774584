package io.swarmstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilBinaryTest {
  @TempDir Path folder;

  @Test
  void saysHowToInstallTheProgramWhereThereIsNone() {
    assertThatThrownBy(() -> AnvilBinary.findFrom(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("npm ci")
        .hasMessageContaining("SWARMSTREAM_ANVIL");
  }

  @Test
  void refusesAnOverrideThatIsNoProgram() {
    assertThatThrownBy(() -> AnvilBinary.findOverride(folder.resolve("nothing")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.resolve("nothing").toString());
  }

  @Test
  void findsTheInstalledProgramFromAFolderBelowTheRepository() {
    assertThat(AnvilBinary.findFrom(Path.of("").toAbsolutePath().resolve("src/test")))
        .isExecutable();
  }
}
