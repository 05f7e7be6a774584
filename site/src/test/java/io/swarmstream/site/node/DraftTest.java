package io.swarmstream.site.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
  @TempDir Path swarm;

  @Test
  void isFoundAsItWasWritten() throws IOException {
    Draft open = new Draft("open", 1, Duration.ofSeconds(3), null, null);
    Draft bound =
        new Draft("defaultbb.cqdb.sml.hpe", 1, Duration.ZERO, 3, "geomedian", Encoding.INT8, 64);
    open.writeTo(swarm);
    bound.writeTo(swarm);

    assertThat(Draft.find(swarm, "open")).contains(open);
    assertThat(Draft.all(swarm)).containsExactly(bound, open);
    assertThat(Draft.find(swarm, "other")).isEmpty();
  }

  /** People do change the file. */
  @Test
  void isFoundInAFileThatAnEditorHasMarked() throws IOException {
    Draft draft = new Draft("digits", 1, Duration.ofSeconds(3), 2, "mean");
    draft.writeTo(swarm);
    Path file = swarm.resolve("drafts/digits.properties");
    Files.writeString(
        file, "\uFEFF" + Files.readString(file).replaceAll("#.*\n", "").replace("\n", "\r\n"));

    assertThat(Draft.find(swarm, "digits")).contains(draft);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "../outside", "", "a/b", "~", "x\ny"})
  void isNotLookedForByWhatIsNoName(String name) {
    assertThatThrownBy(() -> Draft.find(swarm, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has to start with a letter or digit");
  }

  @Test
  void isAnotherContractOnTheChainOnceItIsReset() throws IOException {
    Draft draft = new Draft("digits", 1, Duration.ZERO, 2, "mean", Encoding.BFLOAT16, 0);
    draft.reset().writeTo(swarm);

    assertThat(draft.contract()).isEqualTo("digits");
    assertThat(Draft.find(swarm, "digits").map(Draft::contract)).contains("digits.2");
  }
}
