package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that are written to exhaust their reader. */
@Timeout(20)
class HostileYamlTest {
  private static void isRefused(String text, String why) {
    assertThatThrownBy(() -> TaskDefinition.parse("t", text))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(why);
  }

  private static String task(String steps) {
    return "Name: n\nTaskType: MAKE_USER_CONTAINER\nAuthor: a\nBody:\n  BuildSteps: "
        + steps
        + "\n";
  }

  @Test
  void refusesABillionAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {V: 1}\n");
    for (int level = 1; level < 12; level++) {
      String below = "*a" + (level - 1);
      bomb.append("a" + level + ": &a" + level + " [");
      bomb.append(String.join(", ", java.util.Collections.nCopies(9, below))).append("]\n");
    }
    assertThatThrownBy(
            () ->
                TaskDefinition.ofBody(
                    TaskType.RUN_SWARM, List.of((bomb + "Command: x\nEnvvars: *a11").split("\n"))))
        .isInstanceOf(DefinitionException.class);
    isRefused(bomb + task("*a11"), "");
  }

  @Test
  void refusesAliasesThatRepeatALongList() {
    String list = "[" + "x, ".repeat(3000) + "x]";
    String rows = "\n  - <<: *m".repeat(3000);
    StringBuilder map = new StringBuilder("m: &m {");
    for (int i = 0; i < 3000; i++) {
      map.append("k" + i + ": v, ");
    }
    isRefused(
        map
            + "z: 1}\nName: n\nTaskType: RUN_SWARM\nAuthor: a\nBody:\n  Command: "
            + list
            + "\n  Envvars:"
            + rows,
        "stands for more than");
  }

  @Test
  void refusesWhatContainsItself() {
    isRefused("Name: n\nTaskType: RUN_SWARM\nAuthor: a\nBody: &b\n  <<: *b\n  Command: x", "");
    isRefused("&a [*a]", "");
  }

  @Test
  void refusesDeepNesting() {
    isRefused(task("[".repeat(200) + "]".repeat(200)), "");
    isRefused(task("[".repeat(200_000)), "");
    isRefused("Name: n\nTaskType: " + "{a: ".repeat(50_000), "");
  }

  @Test
  void refusesHugeTexts() {
    isRefused(task("[" + "x".repeat(9 << 20) + "]"), "characters, expected at most");
  }

  @Test
  void buildsNoObjects() {
    isRefused(task("!!javax.script.ScriptEngineManager [x]"), "tag");
    isRefused(task("[!<tag:yaml.org,2002:python/name:os.system> x]"), "tag");
    isRefused(task("[!local x]"), "tag");
  }
}
