package io.swarmstream.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyOptionsTest {
  @TempDir Path folder;

  /** One that was written by an editor that leaves a mark, or ends lines with two characters. */
  @Test
  void aPasswordIsTheSameWhoeverWroteItsFile() throws IOException {
    String address = address("geheim ß\n".getBytes(StandardCharsets.UTF_8));

    for (String written : new String[] {"\uFEFFgeheim ß", "geheim ß\r\n", "\uFEFFgeheim ß\r\n"}) {
      assertThat(address(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(address);
    }
    assertThat(address("\uFEFFgeheim ß\r\n".getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(address);
  }

  private String address(byte[] password) throws IOException {
    Path file = Files.write(folder.resolve("password.txt"), password);
    KeyOptions options =
        CommandLine.populateCommand(new KeyOptions(), "--password-file", file.toString());
    return options.key(folder, true).address();
  }
}
