package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersAndHelpTest {
  @TempDir private Path home;
  private TestShell shell;

  @BeforeEach
  void begin() throws IOException {
    shell = new TestShell(home);
    var inside = shell.file("sub/inside.yaml", TaskTexts.BUILD);
    Files.writeString(home.resolve("secret.yaml"), TaskTexts.BUILD);
    Files.createSymbolicLink(shell.usr.resolve("link"), home);
    Files.createSymbolicLink(shell.usr.resolve("good"), inside);
  }

  @Test
  void entersAndListsFolders() throws IOException {
    assertThat(shell.said("ls")).containsExactly("good", "link/", "sub/");
    assertThat(shell.said("ls -l sub")).containsExactly("inside.yaml");
    assertThat(shell.said("cd sub")).containsExactly("/platform/swarm/usr/sub");
    assertThat(shell.said("ls ..")).hasSize(3);
    assertThat(shell.said("cd /platform/swarm/usr")).containsExactly("/platform/swarm/usr");
    assertThat(shell.error("cd nowhere")).contains("nowhere");
    assertThat(shell.error("cd sub/inside.yaml")).contains("no folder");
    // At the user's own terminal there is no fence.
    assertThat(shell.said("cd ..")).containsExactly(home.toRealPath().toString());
  }

  @Test
  void clientsOfTheServiceDoNotLeaveTheUsersFolder() throws IOException {
    shell.session =
        ShellSession.remote(shell.parts, Workplace.confined(shell.usr), Duration.ofSeconds(30));
    for (String path :
        List.of(
            "..",
            "/",
            "/etc",
            "link",
            "sub/../..",
            "/platform/swarm/usr/..",
            "/platform/swarm/usr/link",
            home.toString(),
            "/no/such/folder",
            "../nothing")) {
      assertThat(shell.error("CD " + path)).as(path).contains("outside of /platform/swarm/usr");
      assertThat(shell.error("LS " + path)).as(path).contains("outside of /platform/swarm/usr");
    }
    for (String path :
        List.of("../secret.yaml", "link/secret.yaml", home + "/secret.yaml", "/etc/passwd")) {
      assertThat(shell.error("CREATE TASK FROM '" + path + "'")).as(path).contains("outside of");
    }
    assertThat(shell.error("CREATE TASK FROM \"a\0b\"")).contains("is no path");
    assertThat(shell.said("CREATE TASK FROM good")).contains("Task Registered : build-env");
    assertThat(shell.said("PWD")).containsExactly("/platform/swarm/usr");
  }

  @Test
  void everyExampleOfEveryInstructionIsACommandOfIt() {
    for (Instruction instruction : shell.interpreter.grammar().rules().keySet()) {
      assertThat(instruction.about().examples()).isNotEmpty();
      for (String example : instruction.about().examples()) {
        assertThat(shell.interpreter.grammar().read(example).command())
            .as(example)
            .isSameAs(instruction);
      }
    }
  }

  @Test
  void helps() {
    assertThat(shell.said("HELP")).contains("LIST TASKS").hasSizeGreaterThan(40);
    assertThat(shell.said("help assign task"))
        .first()
        .asString()
        .startsWith("ASSIGN TASK <task> TO <taskrunner>");
    assertThat(shell.said("HELP EXIT")).contains("EXIT", "EXIT ON FAILURE [ ON | OFF ]");
    assertThat(shell.error("HELP fly")).contains("no command begins with fly");
  }

  @Test
  void countsWhatWasDone() {
    var done = shell.run("PWD");
    var failed = shell.run("CD nowhere");
    assertThat(done.isDone()).isTrue();
    assertThat(failed.isDone()).isFalse();
    assertThat(shell.session.prompt()).isEqualTo("SWCI:1 > ");
  }
}
