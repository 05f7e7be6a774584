package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's commands run, and its sample is the code of a program that a test runs. */
class ReadmeITCase {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

  /** Folders that a fresh checkout does not have. */
  private static final Set<String> MADE =
      Set.of(".git", ".swarm", ".venv", "target", "node_modules");

  /**
   * A fresh copy: building in the tree that these tests run in would pull it from under their feet.
   */
  @TempDir static Path checkout;

  @BeforeAll
  static void copy() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (MADE.contains(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(checkout.resolve(ROOT.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file, checkout.resolve(ROOT.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Every command of ours that ends, in a block of its own or in the text. What stays is run by
   * python/tests/swarm/test_readme.py, together with its trainers.
   */
  static Stream<String> commands() throws IOException {
    return Pattern.compile("(?m)(?:^|`)(\\./swarm [^`\\n]+)")
        .matcher(readme())
        .results()
        .map(found -> found.group(1))
        .filter(command -> !command.matches("\\./swarm (up|site)\\b.*"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void runsItsCommands(String command) throws Exception {
    Path output = checkout.resolve("output.txt");
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command + " ends").isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  @Test
  void hasCommands() throws IOException {
    assertThat(commands()).contains("./swarm demo");
  }

  @Test
  void showsATrainingLoopThatATestRuns() throws IOException {
    Matcher region =
        Pattern.compile("// region readme\\n(.*?)\\n *// endregion", Pattern.DOTALL)
            .matcher(
                Files.readString(
                    ROOT.resolve(
                        "examples/src/main/java/io/swarmstream/examples/FirstTraining.java")));
    assertThat(region.find()).isTrue();
    assertThat(readme()).contains(region.group(1).stripIndent());
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
