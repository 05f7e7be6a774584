package io.swarmstream.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.swarmstream.cli.SwarmCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shell command in README.md and docs/ is known to {@code documented-commands.txt}, which
 * names the test that runs it. A command that is added or changed in a page has to be added there.
 */
class DocumentedCommandsTest {
  private static final String BY_HAND = "by hand";

  /**
   * Pages with instructions. The changelog and the decisions tell of commands as they once were.
   */
  private static boolean instructs(MarkdownPage page) {
    return page.name().matches("README\\.md|docs/[^/]+\\.md|deploy/README\\.md|python/README\\.md");
  }

  static Set<String> commands() throws IOException {
    Set<String> commands = new TreeSet<>();
    MarkdownPage.all().stream()
        .filter(DocumentedCommandsTest::instructs)
        .map(MarkdownPage::commands)
        .forEach(commands::addAll);
    return commands;
  }

  /** From a command to the test that runs it, or to {@code by hand: why}. */
  private static Map<String, String> runs() throws IOException {
    Map<String, String> runs = new TreeMap<>();
    try (InputStream list =
        Objects.requireNonNull(
            DocumentedCommandsTest.class.getResourceAsStream("/documented-commands.txt"))) {
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 2))
          .forEach(parts -> runs.put(parts[1].strip(), parts[0].strip()));
    }
    return runs;
  }

  @Test
  void eachIsListedWithTheTestThatRunsIt() throws IOException {
    assertThat(commands())
        .as("commands of README.md and docs/, against documented-commands.txt")
        .containsExactlyInAnyOrderElementsOf(runs().keySet());
  }

  @Test
  void eachTestThatIsListedExists() throws IOException {
    Set<String> files = RepositoryFiles.names();

    assertThat(runs())
        .allSatisfy(
            (command, test) ->
                assertThat(
                        test.startsWith(BY_HAND)
                            || files.contains(test)
                            || files.contains(test + ".java"))
                    .as("%s, which runs: %s", test, command)
                    .isTrue());
  }

  static Stream<String> commandsOfSwarm() throws IOException {
    return commands().stream()
        .filter(command -> command.matches("(\\./)?swarm .*"))
        .map(command -> command.replaceFirst("(\\./)?swarm ", ""));
  }

  /** So a renamed option or command breaks the build, also where running it takes too long. */
  @ParameterizedTest
  @MethodSource("commandsOfSwarm")
  void eachSwarmCommandIsUnderstood(String arguments) {
    // A command without its options is mentioned, not shown: it need only exist.
    String line = arguments.contains(" ") ? arguments : arguments + " --help";
    String[] words = line.replace("'", "").split(" +");
    assertThatCode(() -> SwarmCommand.withAllCommands().parseArgs(words))
        .doesNotThrowAnyException();
  }

  /** Scripts and modules that commands name are where the commands say. */
  @ParameterizedTest
  @MethodSource("commands")
  void eachNamesFilesThatExist(String command) {
    assertThat(command.split(" +"))
        .filteredOn(word -> word.matches("(python|benchmarks|deploy|\\.)/[\\w/.]+\\.(py|sh)"))
        .allSatisfy(word -> assertThat(RepositoryFiles.ROOT.resolve(word)).exists());
  }
}
