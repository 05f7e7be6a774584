package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for the owner of a host, without a running agent. */
class AgentCommandsTest {
  @TempDir private Path folder;

  private Ran agent(String... more) {
    return Ran.swarm(
        Stream.concat(
                Stream.concat(Stream.of("agent"), Stream.of(more)),
                Stream.of("--folder", folder.toString()))
            .toArray(String[]::new));
  }

  private void letWait() throws Exception {
    Files.createDirectories(folder.resolve("agent"));
    Files.writeString(
        folder.resolve("agent/waiting.json"),
        """
        {"taskrunner": "defaulttaskbb.taskdb.sml.hpe", "run": 3, "task": "run_digits",
         "type": "RUN_SWARM", "authors": ["carol"], "since": "2026-01-01T00:00:00Z",
         "reason": "authors: carol is not listed", "body": ["Command: model/digits.py"]}
        """);
  }

  private long answers() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("agent/answers"))) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  @Test
  void showsWhatWaitsAndTakesAnswers() throws Exception {
    assertThat(agent("waiting").out()).contains("Nothing waits.");
    assertThat(agent("approve").err()).contains("no run waits");
    letWait();
    assertThat(agent("waiting").out())
        .contains("Run 3", "carol", "model/digits.py", "./swarm agent approve 3");
    assertThat(agent("waiting", "--json").out()).contains("\"run\" : 3");
    assertThat(agent("approve", "4").err()).contains("run 4 does not wait; run 3 does");
    assertThat(agent("approve").out()).contains("run 3 (task run_digits) is approved");
    assertThat(agent("deny", "run_digits").out()).contains("task run_digits is denied");
    assertThat(agent("approve", "--author", "carol").out()).contains("tasks of carol is approved");
    assertThat(answers()).isEqualTo(3);
    assertThat(agent("approve", "3", "--author", "carol").code()).isEqualTo(2);
  }

  @Test
  void printsLogs() throws Exception {
    assertThat(agent("logs").err()).contains("no task has run here");
    Path site = Files.createDirectories(folder.resolve("runs/3/0"));
    Files.createDirectories(folder.resolve("runs/12/0"));
    Files.writeString(site.resolve("trainer.log"), "epoch 1\n");
    Files.writeString(site.resolve("site.log"), "left\n");
    assertThat(agent("logs", "--run", "3", "--site", "0").out()).isEqualTo("epoch 1\n");
    assertThat(agent("logs", "--run", "3", "--node", "--json").out()).contains("left");
    assertThat(agent("logs").err()).contains("run 12 has no such log");
    assertThat(agent("logs", "--run", "5").err()).contains("there are of 12, 3");
  }

  @Test
  void checksAProfileAndTasks() throws Exception {
    Path profile = folder.resolve("profile.yaml");
    Files.writeString(
        profile,
        "groupname: x\nresourcemgr: {mgrtype: PROCESS}\nsurprise: 1\nnodes: [slnodedef: {idx: 0}]\n");
    Path task = folder.resolve("run.yaml");
    Files.writeString(task, "Name: a\nTaskType: NOTHING\n");
    Ran checked = agent("check", "--profile", profile.toString(), "--task", task.toString());
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out()).contains("surprise", "run.yaml:2");
    assertThat(agent("--profile", folder.resolve("none.yaml").toString()).code()).isNotZero();
  }
}
