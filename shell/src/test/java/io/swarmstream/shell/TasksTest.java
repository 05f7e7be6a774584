package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
  @TempDir private Path home;
  private TestShell shell;

  @BeforeEach
  void begin() throws IOException {
    shell = new TestShell(home);
    var unused = shell.file("build.yaml", TaskTexts.BUILD);
  }

  @Test
  void comeFromFiles() {
    List<String> said = shell.said("create task from build.yaml");
    assertThat(said)
        .startsWith(
            "Task definition is valid", "Task Registered : build-env", "Appending Task Body")
        .last()
        .asString()
        .matches("batch start : 1 , len : \\d+ Successful");
    assertThat(shell.said("GET TASK INFO build-env"))
        .contains(
            "NAME : build-env",
            "TASKTYPE : MAKE_USER_CONTAINER",
            "AUTHOR : alice",
            "PREREQ : ROOTTASK",
            "OUTCOME : user-env",
            "FINALIZED : false",
            "CREATED BY : org-a");
    assertThat(shell.said("GET TASK BODY build-env")).first().asString().startsWith("0000: ");
    assertThat(shell.said("FINALIZE TASK build-env")).containsExactly("Task Finalized : build-env");
    assertThat(shell.said("LIST TASKS")).first().asString().startsWith("ROOTTASK   ROOT_TASK");
    assertThat(shell.said("LIST TASKS"))
        .anyMatch(line -> line.matches("build-env +MAKE_.*FINALIZED"));
  }

  @Test
  void saveTheirNamesFromBeingTakenTwice() {
    shell.said("CREATE TASK FROM build.yaml");
    assertThat(shell.error("CREATE TASK FROM build.yaml"))
        .contains("already", "DELETE TASK build-env");
    assertThat(shell.said("DELETE TASK build-env")).containsExactly("Task Deleted : build-env");
    shell.said("CREATE TASK FROM build.yaml");
    shell.said("FINALIZE TASK build-env");
    assertThat(shell.error("CREATE TASK FROM build.yaml")).contains("it is final", "another name");
    assertThat(shell.error("DELETE TASK build-env")).contains("build-env");
    assertThat(shell.error("APPEND TASK BODY build-env 1 x")).contains("build-env");
  }

  @Test
  void areWrittenLineByLine() {
    shell.said("CREATE TASK pull_image fetch alice ROOTTASK user-image");
    shell.said("APPEND TASK BODY fetch 1 OrgAndReg: example.org/team");
    shell.said("APPEND TASK BODY fetch 2 RepoName: 'it''s'");
    shell.said("APPEND TASK BODY fetch 3 'Tag: latest'");
    shell.said("APPEND TASK BODY fetch 3 'Tag: newest'");
    assertThat(shell.said("GET TASK BODY fetch"))
        .containsExactly(
            "0000: OrgAndReg: example.org/team", "0001: RepoName: 'it''s'", "0002: Tag: newest");
    assertThat(shell.error("APPEND TASK BODY fetch 9 far")).contains("fetch");
    assertThat(shell.error("APPEND TASK BODY fetch 0 first")).contains("whole number from 1");
  }

  @Test
  void sayWhatIsWrong() throws IOException {
    assertThat(shell.error("GET TASK INFO nothing"))
        .isEqualTo("there is no task nothing; there are ROOTTASK");
    assertThat(shell.error("CREATE TASK sing song alice ROOTTASK x"))
        .contains("no task type sing", "RUN_SWARM");
    assertThat(shell.error("CREATE TASK RUN_SWARM t alice nothing x")).contains("nothing");
    assertThat(shell.error("CREATE TASK FROM none.yaml")).contains("no file none.yaml", "PWD");
    var unused = shell.file("bad.yaml", "Name: x\nTaskType: SING\n");
    assertThat(shell.error("CREATE TASK FROM bad.yaml")).startsWith("bad.yaml:2:");
    assertThat(shell.error("CREATE TASK FROM .")).contains("no file that can be read");
  }

  @Test
  void ofHpeRunAsTheyAre() throws IOException {
    var unused = shell.file("run.yaml", TaskTexts.RUN);
    shell.said("CREATE TASK FROM build.yaml");
    assertThat(shell.error("CREATE TASK FROM run.yaml")).contains("build-env");
    shell.said("FINALIZE TASK build-env");
    shell.said("CREATE TASK FROM /platform/swarm/usr/run.yaml");
    assertThat(shell.said("GET TASK BODY train")).anyMatch(line -> line.contains("model/train.py"));
  }

  @Test
  void withForgedBodiesAreRefused() {
    shell.said("CREATE TASK FROM build.yaml");
    shell.said("FINALIZE TASK build-env");
    shell.swarm.board.forge("build-env", List.of("evil"));
    assertThat(shell.error("GET TASK BODY build-env")).isNotEmpty();
  }
}
