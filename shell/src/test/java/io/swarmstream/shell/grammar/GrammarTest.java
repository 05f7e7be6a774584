package io.swarmstream.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {
  private static final Grammar<String> GRAMMAR =
      new Grammar<String>()
          .add(
              "assign",
              "ASSIGN TASK <task> TO <taskrunner> ( WITH ( <n> | ALL ) PEERS | TARGET <agent> )")
          .add("from", "CREATE TASK FROM <file>")
          .add("create", "CREATE TASK <type> <name>")
          .add("body", "APPEND TASK BODY <task> <number> <line>")
          .add("wait", "WAIT FOR IP <host> [ <port> [ <retries> ] ]")
          .add("failure", "EXIT ON FAILURE [ ON | OFF ]")
          .add("exit", "EXIT")
          .add("help", "HELP [ <command> ]");

  private static Values values(String command, String line) {
    Grammar.Reading<String> reading = GRAMMAR.read(line);
    assertThat(reading.command()).isEqualTo(command);
    return reading.values();
  }

  @Test
  void readsKeywordsInAnyCaseAndValuesAsTheyAre() {
    Values values = values("assign", "assign Task Train TO r.1 wiTh 3 peers   # at night");
    assertThat(values.text("task")).isEqualTo("Train");
    assertThat(values.text("taskrunner")).isEqualTo("r.1");
    assertThat(values.number("n", 0)).isEqualTo(3);
    assertThat(values.has("ALL")).isFalse();
    assertThat(values("assign", "ASSIGN TASK t TO r WITH ALL PEERS").has("ALL")).isTrue();
    assertThat(values("assign", "ASSIGN TASK t TO r TARGET host-1").text("agent"))
        .isEqualTo("host-1");
  }

  @Test
  void valuesMayBeKeywordsOfOtherPlaces() {
    assertThat(values("assign", "ASSIGN TASK with TO task TARGET peers").text("agent"))
        .isEqualTo("peers");
    assertThat(values("create", "CREATE TASK 'from' name").text("type")).isEqualTo("from");
    assertThat(values("from", "CREATE TASK FROM name").text("file")).isEqualTo("name");
  }

  @Test
  void quotesKeepBlanksAndCommentSigns() {
    assertThat(values("from", "CREATE TASK FROM \"my # \\\"task\\\".yaml\"").text("file"))
        .isEqualTo("my # \"task\".yaml");
    assertThat(values("from", "CREATE TASK FROM a#b").text("file")).isEqualTo("a#b");
    assertThat(values("from", "CREATE TASK FROM C:\\tasks\\a").text("file"))
        .isEqualTo("C:\\tasks\\a");
  }

  @Test
  void theRestOfALineStaysAsItIs() {
    assertThat(line("APPEND TASK BODY t 1   Command: it's # no comment"))
        .isEqualTo("  Command: it's # no comment");
    assertThat(line("APPEND TASK BODY t 1 '  quoted '")).isEqualTo("  quoted ");
    assertThat(line("APPEND TASK BODY t 1 \"\"")).isEmpty();
    assertThat(line("APPEND TASK BODY t 1 'a' and 'b'")).isEqualTo("'a' and 'b'");
    assertThat(line("APPEND TASK BODY t 1 \"open")).isEqualTo("\"open");
  }

  private static String line(String line) {
    return values("body", line).text("line");
  }

  @Test
  void whatIsLeftOutIsLeftOut() {
    Values values = values("wait", "WAIT FOR IP sn1");
    assertThat(values.find("port")).isEmpty();
    assertThat(values.number("retries", 360)).isEqualTo(360);
    assertThat(values("wait", "WAIT FOR IP sn1 30304 5").number("retries", 0)).isEqualTo(5);
    assertThat(values("failure", "exit on failure").has("OFF")).isFalse();
    assertThat(values("exit", "exit").has("ON")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ASSIGN TSAK t TO r WITH 1 PEERS|8|expected TASK, found \"TSAK\"; did you mean TASK?",
        "ASSIGN TASK t TO r|19|expected TARGET or WITH, but the line ends",
        "ASSIGN TASK t TO r WITH x PEERS"
            + "|25|expected <n>, a whole number from 1 to 100000 or ALL, found \"x\"",
        "ASSIGN TASK t TO r WITH 0 PEERS"
            + "|25|expected <n>, a whole number from 1 to 100000 or ALL, found \"0\"",
        "ASSIGN TASK t TO r WITH 1 PEER|27|expected PEERS, found \"PEER\"; did you mean PEERS?",
        "ASIGN TASK t|1|there is no command \"ASIGN\"; did you mean ASSIGN?",
        "`  frobnicate`|3|there is no command \"frobnicate\"; HELP lists them",
        "EXIT now|6|expected ON or the end of the line, found \"now\"",
        "CREATE TASK FROM|17|expected <file> or <name>, but the line ends",
        "CREATE TASK FROM 'x|18|this quote is not closed; add a '",
        "WAIT FOR IP h 99999|15|expected <port>, a whole number from 1 to 65535 or the end of the"
            + " line, found \"99999\"",
        "APPEND TASK BODY t 1|21|expected <line>, but the line ends"
      })
  void mistakesHaveAColumnAndAWayOut(String line, int column, String problem) {
    assertThatThrownBy(() -> GRAMMAR.read(line))
        .isInstanceOfSatisfying(
            SyntaxException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(problem);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void blankLinesAndCommentsAreNoCommands() {
    assertThat(Grammar.isBlank("")).isTrue();
    assertThat(Grammar.isBlank("   # EXIT")).isTrue();
    assertThat(Grammar.isBlank("EXIT # now")).isFalse();
  }

  @Test
  void knowsWhatMayComeNext() {
    assertThat(GRAMMAR.after("")).extracting(Grammar.Next::keyword).contains("ASSIGN", "EXIT");
    assertThat(GRAMMAR.after("CREATE TASK "))
        .containsExactlyInAnyOrder(
            new Grammar.Next("FROM", ValueKind.WORD), new Grammar.Next("", ValueKind.TASK_TYPE));
    assertThat(GRAMMAR.after("ASSIGN TASK t TO "))
        .containsExactly(new Grammar.Next("", ValueKind.TASKRUNNER));
    assertThat(GRAMMAR.after("ASSIGN NOTHING ")).isEmpty();
    assertThat(GRAMMAR.after("CREATE TASK FROM 'open ")).isEmpty();
  }

  @Test
  void findsCommandsByTheirFirstWords() {
    assertThat(GRAMMAR.beginningWith("create task")).isEqualTo(List.of("from", "create"));
    assertThat(GRAMMAR.beginningWith("exit")).isEqualTo(List.of("failure", "exit"));
    assertThat(GRAMMAR.beginningWith("task")).isEmpty();
  }

  @Test
  void drawsRailroads() {
    assertThat(
            Railroad.of(
                SyntaxText.read(
                    "ASSIGN TASK <task> ( WITH ( <n> | ALL ) PEERS | TARGET <agent> )")))
        .containsExactly(
            "── ASSIGN TASK ─ <task> ─┬─ WITH ─┬─ <n> ─┬─ PEERS ─┬──▶",
            "                         │        └─ ALL ─┘         │",
            "                         └─ TARGET ─ <agent> ───────┘");
    assertThat(Railroad.of(SyntaxText.read("EXIT ON FAILURE [ ON | OFF ]")))
        .containsExactly(
            "── EXIT ON FAILURE ─┬───────────┬──▶",
            "                    └─┬─ ON ──┬─┘",
            "                      └─ OFF ─┘");
  }
}
