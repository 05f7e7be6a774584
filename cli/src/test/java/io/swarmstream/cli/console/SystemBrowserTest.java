package io.swarmstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemBrowserTest {
  private static final String LINK = "https://127.0.0.1:30304/console/#/login/secret";

  @TempDir Path folder;

  @Test
  void theLinkIsInAFileOfTheUserAndInNoArgument() throws IOException {
    Path said = folder.resolve("said");
    List<String> browser = List.of("/bin/sh", "-c", "echo \"$0\" >'" + said + "'");

    assertThat(SystemBrowser.open(LINK, folder, browser)).isEmpty();

    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(said) && Files.size(said) > 0);
    Path page = folder.resolve("console-login.html");
    assertThat(Files.readString(said)).contains(page.toUri().toString()).doesNotContain("secret");
    assertThat(Files.readString(page)).contains("url=" + LINK);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
  }

  @Test
  void saysWhichProgramCannotBeStarted() throws IOException {
    assertThat(SystemBrowser.open(LINK, folder, List.of("/no/browser")))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("/no/browser cannot be started"));
  }

  @Test
  void eachSystemHasItsProgram() {
    assertThat(SystemBrowser.command("Linux")).containsExactly("xdg-open");
    assertThat(SystemBrowser.command("Mac OS X")).containsExactly("open");
    assertThat(SystemBrowser.command("Windows 11"))
        .containsExactly("rundll32", "url.dll,FileProtocolHandler");
  }
}
