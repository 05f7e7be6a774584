package io.swarmstream.lab.bench.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmstream.local.processes.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test, since an environment takes many seconds to make. */
class PeerEnvironmentITCase {
  private final List<String> heard = new ArrayList<>();
  private final Steps steps =
      new Steps() {
        @Override
        public <T> T run(String what, Callable<T> step) throws Exception {
          heard.add(what);
          return step.call();
        }
      };

  @TempDir private Path repository;

  @BeforeAll
  static void pythonIsThere() throws Exception {
    assumeTrue(isThere("python3", "-c", "import ensurepip, venv"), "no python3 with venv");
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void isMadeOnceAndAnewWhenTheRequirementsChange() throws Exception {
    require("# none\n");
    PeerEnvironment made = PeerEnvironment.of(repository, steps);
    assertThat(made.python()).isExecutable();
    assertThat(made.script("some.py")).isEqualTo(repository.resolve("benchmarks/python/some.py"));

    PeerEnvironment.of(repository, steps);
    assertThat(heard).hasSize(1);

    require("no requirement at all\n");
    assertThatThrownBy(() -> PeerEnvironment.of(repository, steps))
        .as("made anew")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("peers-venv.log")
        .hasMessageContaining("--skip-peers");
    assertThat(heard).hasSize(2);
    assertThatThrownBy(() -> PeerEnvironment.of(repository, steps))
        .as("a broken installation is no environment")
        .isInstanceOf(IllegalStateException.class);
  }

  private void require(String text) throws IOException {
    Path file = repository.resolve("benchmarks/python/requirements.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
