package io.swarmstream.site.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Cases that the tests of the Python package read, too: both languages have to agree. */
final class CaseFile {
  private CaseFile() {}

  static Stream<String> lines(String name) throws IOException {
    return Files.readAllLines(Path.of("..", "python", "tests", name)).stream()
        .filter(line -> !line.startsWith("#"));
  }
}
