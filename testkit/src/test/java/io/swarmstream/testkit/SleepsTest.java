package io.swarmstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No test of any module sleeps and hopes that something has happened meanwhile: it waits for a
 * condition, with a deadline. Nor does it hope that a port stays free.
 */
class SleepsTest {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Set<String> MADE = Set.of("target", "node_modules", ".git");
  private static final Pattern SLEEP = Pattern.compile("\\.sleep\\(");
  private static final Pattern SYSTEMS_PORT = Pattern.compile("new ServerSocket\\(0\\)");

  /** Why a class sleeps: it simulates somebody slow, or polls a condition with a deadline. */
  private static final Map<String, String> SIMULATED =
      Map.ofEntries(
          Map.entry("ModelLogITCase", "a job that writes a model slowly"),
          Map.entry(
              "ExactlyOnceITCase", "an operator that fails some time after it got its records"),
          Map.entry("AnchorWatch", "polls a chain until it is stopped"),
          Map.entry("DockerManagerITCase", "trainers, in Python, that do nothing"),
          Map.entry("ProcessManagerITCase", "trainers, in Python, that do nothing"),
          Map.entry("AnvilLifeITCase", "a program that is killed while it does nothing"),
          Map.entry("RealGeth", "a program that is killed while it does nothing"),
          Map.entry("GethNetworkITCase", "a stranger who tries for a while"),
          Map.entry("IpcRpcTest", "a socket that delivers an answer in two pieces; a busy caller"),
          Map.entry("LicenceCommandsTest", "polls a server with a deadline"),
          Map.entry("LicenceServerITCase", "polls a server with a deadline"),
          Map.entry("NodeFailoverITCase", "a node that is silent"),
          Map.entry("ReloadingSslEngineFactoryTest", "files are looked at once a second"),
          Map.entry("ReloadingTlsTest", "files are looked at once a second"),
          Map.entry("RunningCommand", "polls what a command prints with a deadline"),
          Map.entry("SecuredKafkaITCase", "a producer that sends all the time"),
          Map.entry("SpiffeIdentityTest", "an operator who comes late"),
          Map.entry("Spire", "polls a server with a deadline"));

  @Test
  void testsWaitForConditionsInsteadOfSleeping() throws IOException {
    assertThat(testsWith(SLEEP))
        .as("test classes that sleep; wait with Awaitility's await(), or say in SIMULATED why not")
        .containsExactlyInAnyOrderElementsOf(SIMULATED.keySet());
  }

  /** The system may give such a port to any connection before it is listened on. */
  @Test
  void testsTakePortsThatTheSystemGivesToNobody() throws IOException {
    assertThat(testsWith(SYSTEMS_PORT)).as("use FreePort.any()").isEmpty();
  }

  /** The tests of all modules, and what the testkit gives them. */
  private static boolean isOfTests(Path file) {
    Path path = ROOT.relativize(file);
    return path.startsWith("testkit") || path.toString().contains("src/test/java");
  }

  private static Set<String> testsWith(Pattern text) throws IOException {
    Set<String> found = new TreeSet<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MADE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")
                && isOfTests(file)
                && text.matcher(Files.readString(file)).find()) {
              found.add(name.replace(".java", ""));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
