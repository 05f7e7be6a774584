package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in deploy/examples are what this module reads. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../../deploy/examples");

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Path> tasks() throws IOException {
    return files("tasks");
  }

  static List<Path> profiles() throws IOException {
    return files("profiles");
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void readsTasks(Path file) throws IOException {
    TaskDefinition task = TaskDefinition.parse(file.toString(), Files.readString(file));

    assertThat(task.warnings()).isEmpty();
    assertThat(TaskDefinition.ofBody(task.type(), task.bodyLines())).isEqualTo(task.body());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void readsProfiles(Path file) throws IOException {
    assertThat(AgentProfile.parse(file.toString(), Files.readString(file)).warnings()).isEmpty();
  }

  @Test
  void thereIsOneTaskOfEachType() throws IOException {
    assertThat(tasks())
        .extracting(file -> TaskDefinition.parse("", Files.readString(file)).type())
        .doesNotHaveDuplicates()
        .hasSize(4);
  }
}
