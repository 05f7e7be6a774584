package io.swarmstream.licence;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps a server's state in one file. The disk has it when a write returns. */
final class LicenceFolder {
  private final Path file;

  LicenceFolder(Path folder) throws IOException {
    this.file = PrivateFiles.closedFolder(folder).resolve("leases.json");
  }

  Optional<LicenceState> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ApiJson.mapper().readValue(TextFile.read(file), LicenceState.class));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException(
          file + " is damaged (" + e.getOriginalMessage() + "); delete it to begin without leases",
          e);
    }
  }

  void write(LicenceState state) throws IOException {
    PrivateFiles.write(
        file, ApiJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(state) + "\n");
  }
}
