package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {
  @TempDir private Path home;
  private TestShell shell;
  private final StringWriter out = new StringWriter();
  private final StringWriter notes = new StringWriter();

  @BeforeEach
  void begin() throws IOException {
    shell = new TestShell(home);
  }

  private int run(Optional<Path> script, List<String> commands, boolean isJson, String input)
      throws IOException {
    ShellOptions options =
        new ShellOptions(script, commands, Optional.of(shell.usr), Map.of(), isJson);
    return Shell.of(shell.parts, options, shell.folder)
        .run(
            new Shell.Input(null, new BufferedReader(new StringReader(input))),
            new PrintWriter(out, true),
            new PrintWriter(notes, true));
  }

  private int script(String text) throws IOException {
    Path file = Files.writeString(home.resolve("script"), text);
    return run(Optional.of(file), List.of(), false, "");
  }

  @Test
  void runTheirLinesInOrder() throws IOException {
    int code =
        script(
            """
            # HPE's users begin like this.
            EXIT ON FAILURE
            wait for ip sn1
            create context test WITH ip sn1
            switch context test
            exit on failure off
            cd /platform/swarm/usr

            sleep 15
            EXIT
            never reached
            """);
    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "SWCI:0 > EXIT ON FAILURE",
            "SWCI:1 > wait for ip sn1",
            "WAITING FOR https://127.0.0.1:30304",
            "API Server is UP!",
            "SWCI:2 > create context test WITH ip sn1",
            "API Server is UP!",
            "CONTEXT CREATED : test",
            "SWCI:3 > switch context test",
            "DEFAULT CONTEXT SET TO : test",
            "SWCI:4 > exit on failure off",
            "SWCI:5 > cd /platform/swarm/usr",
            "/platform/swarm/usr",
            "SWCI:6 > sleep 15",
            "SWCI:7 > EXIT");
    assertThat(shell.passed()).hasSeconds(15);
  }

  @Test
  void goOnAfterFailuresUnlessToldOtherwise() throws IOException {
    assertThat(script("GET TASK INFO none\nPWD\n")).isZero();
    assertThat(out.toString())
        .contains("ERROR line 1, there is no task none", "/platform/swarm/usr");
    assertThat(script("EXIT ON FAILURE\nGET TASK INFO none\nPWD\n")).isEqualTo(1);
    assertThat(out.toString()).contains("ERROR line 2, there is no task none");
  }

  @Test
  void withMistakesAreNotBegunWhereFailuresEndThem() throws IOException {
    assertThat(script("EXIT ON FAILURE\nPWD\nLIST TAKS\n")).isEqualTo(2);
    assertThat(out.toString().lines())
        .containsExactly(
            "ERROR line 3, column 6: expected "
                + "CONTEXT, CONTEXTS, CONTRACTS, NODES, TASKRUNNER, TASKRUNNERS or TASKS, found"
                + " \"TAKS\"; did you mean TASKS?",
            "Nothing was run: EXIT ON FAILURE is on at such a line.");
  }

  @Test
  void withMistakesRunTheOtherLinesAndSayIt() throws IOException {
    assertThat(script("LIST TAKS\nPWD\n")).isEqualTo(2);
    assertThat(out.toString())
        .contains("WARNING - line 1, column 6", "ERROR line 1, column 6", "/platform/swarm/usr");
  }

  @Test
  void mayComeFromTheInput() throws IOException {
    assertThat(run(Optional.empty(), List.of(), false, "PWD\nEXIT\n")).isZero();
    assertThat(out.toString()).contains("SWCI:0 > PWD", "/platform/swarm/usr");
    assertThat(run(Optional.empty(), List.of(), false, "EXIT ON FAILURE\nfly\nPWD\n")).isEqualTo(2);
  }

  @Test
  void singleCommandsEndAtTheFirstFailure() throws IOException {
    assertThat(run(Optional.empty(), List.of("PWD", "GET TASK INFO x", "LIST TASKS"), false, ""))
        .isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly("/platform/swarm/usr", "ERROR there is no task x; there are ROOTTASK");
    assertThat(run(Optional.empty(), List.of("fly"), false, "")).isEqualTo(2);
    assertThat(run(Optional.empty(), List.of("EXIT", "fly"), false, "")).isZero();
    assertThatThrownBy(() -> run(Optional.of(home.resolve("script")), List.of("PWD"), false, ""))
        .hasMessageContaining("--script and -c");
  }

  @Test
  void printOneJsonObjectForEachCommand() throws IOException {
    assertThat(run(Optional.empty(), List.of(), true, "LIST TASKS\nGET TASK INFO x\nfly\n"))
        .isEqualTo(2);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    ObjectMapper json = new ObjectMapper();
    JsonNode tasks = json.readTree(lines.get(0));
    assertThat(tasks.path("ok").asBoolean()).isTrue();
    assertThat(tasks.at("/result/0/name").asText()).isEqualTo("ROOTTASK");
    assertThat(tasks.at("/result/0/createdAt").asText()).contains("T");
    assertThat(tasks.path("line").asInt()).isEqualTo(1);
    assertThat(json.readTree(lines.get(1)).path("error").asText()).contains("no task x");
    assertThat(json.readTree(lines.get(2)).path("column").asInt()).isEqualTo(1);
  }

  @Test
  void thatAreTooLongOrNoTextAreRefused() throws IOException {
    Path file = home.resolve("long");
    Files.writeString(file, "PWD\n".repeat(100_001));
    assertThatThrownBy(() -> run(Optional.of(file), List.of(), false, ""))
        .hasMessageContaining("more than 100000 lines");
    Files.write(file, new byte[5 << 20]);
    assertThatThrownBy(() -> run(Optional.of(file), List.of(), false, ""))
        .hasMessageContaining("more than 4194304 bytes");
    Files.write(file, new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> run(Optional.of(file), List.of(), false, ""))
        .hasMessageContaining("UTF-8");
  }
}
