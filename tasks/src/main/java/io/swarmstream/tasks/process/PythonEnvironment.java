package io.swarmstream.tasks.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Python environment that was built.
 *
 * @param name the outcome that it was built for
 * @param id hash of what it was built from
 * @param folder with {@code venv}, and in {@code root} the files that steps copied
 * @param variables that ENV steps set
 */
record PythonEnvironment(String name, String id, Path folder, Map<String, String> variables) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How the file of a name has it. */
  record Stored(String name, String id, String folder, Map<String, String> variables) {}

  Path venv() {
    return folder.resolve("venv");
  }

  Path python() {
    return venv().resolve("bin/python");
  }

  Path root() {
    return folder.resolve("root");
  }

  void save(Path file) throws IOException {
    PrivateFiles.write(
        file, JSON.writeValueAsString(new Stored(name, id, folder.toString(), variables)));
  }

  static PythonEnvironment load(Path file) {
    try {
      Stored stored = JSON.readValue(Files.readString(file), Stored.class);
      return new PythonEnvironment(
          stored.name(), stored.id(), Path.of(stored.folder()), Map.copyOf(stored.variables()));
    } catch (IOException e) {
      throw new RunFailure(file + " cannot be read: " + e, e);
    }
  }
}
