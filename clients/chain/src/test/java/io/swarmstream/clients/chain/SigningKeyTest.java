package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.testkit.Serialized;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private static final String KEY = "11".repeat(32);

  @TempDir Path folder;

  @Test
  void saysWhichFileIsMissing() {
    String file = folder.resolve("missing").toString();

    assertThatThrownBy(() -> SigningKey.ofFile(file).load()).hasMessageContaining(file);
  }

  @Test
  void neverShowsTheTextThatIsNoKey() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY.substring(1));

    assertThatThrownBy(() -> SigningKey.ofFile(file.toString()).load())
        .hasMessageContaining(file.toString())
        .hasMessageContaining("64 hex digits")
        .hasMessageNotContaining(KEY.substring(1));
  }

  @Test
  void readsTheKeyAfterTheJourneyOfTheJob() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "0x" + KEY + "\n");
    SigningKey travelled = Serialized.copy(SigningKey.ofFile(file.toString()));

    assertThat(travelled.load().address()).isEqualTo(SiteKey.ofHex(KEY).address());
  }
}
