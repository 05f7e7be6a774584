package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.grammar.Railroad;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The page of the shell has the commands that the grammar has. With {@code -Dswarm.golden=write}
 * its table and diagrams are written anew.
 */
class ShellPageTest {
  private static final Path PAGE = Path.of("../docs/shell.md");
  private final Grammar<Instruction> grammar = Instructions.grammar();

  @Test
  void hasTheCommandsOfTheGrammar() throws IOException {
    String now =
        replaced(replaced(Files.readString(PAGE), "commands", table()), "diagrams", roads());
    if (System.getProperty("swarm.golden", "").equals("write")) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(now);
  }

  private static String replaced(String page, String part, List<String> lines) {
    String begin = "<!-- " + part + " -->\n";
    String end = "<!-- end of " + part + " -->";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(0, from)
        + String.join("\n", lines)
        + "\n"
        + page.substring(page.indexOf(end));
  }

  private List<String> table() {
    List<String> lines = new ArrayList<>(List.of("| command | does | example |", "|---|---|---|"));
    for (Instruction instruction : grammar.rules().keySet()) {
      About about = instruction.about();
      lines.add(
          "| `"
              + cell(about.syntax())
              + "` | "
              + cell(about.summary())
              + " | "
              + String.join(
                  "<br>", about.examples().stream().map(each -> "`" + cell(each) + "`").toList())
              + " |");
    }
    return lines;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private List<String> roads() {
    List<String> lines = new ArrayList<>(List.of("```text"));
    grammar.rules().values().forEach(syntax -> lines.addAll(Railroad.of(syntax)));
    lines.add("```");
    return lines;
  }
}
