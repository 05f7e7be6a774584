package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersDeskTest {
  @TempDir private Path folder;

  /** A member may call itself or a task whatever it likes. */
  @Test
  void answersAreFilesOfThisUserAloneWhateverTheNames() throws Exception {
    AgentHome home = AgentHome.in(folder.resolve("agent"));
    OwnersDesk desk = new OwnersDesk(home);
    desk.answerAuthor("../../evil", true);
    desk.answerTask("/etc/passwd", false);

    assertThat(desk.ofAuthor("../../evil")).contains(true);
    assertThat(desk.ofTask("/etc/passwd")).contains(false);
    assertThat(desk.ofTask("../../evil")).as("an answer is for one subject").isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.answers())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(home.answers())) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(2);
      for (Path file : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactly(folder.resolve("agent"));
    }
  }
}
