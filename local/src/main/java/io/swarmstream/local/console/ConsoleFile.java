package io.swarmstream.local.console;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The file in a local swarm's folder that says where its console is; only its owner may read it.
 *
 * @param url of the console's server
 * @param key gives links that log in
 */
public record ConsoleFile(URI url, String key) {
  private static final String FILE = "console.properties";

  /** Reads it; empty: no console runs there. */
  public static Optional<ConsoleFile> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties said = TextFile.properties(file);
    return Optional.of(
        new ConsoleFile(URI.create(said.getProperty("url", "")), said.getProperty("key", "")));
  }

  /** Writes it. */
  public void writeTo(Path folder) throws IOException {
    Properties said = new Properties();
    said.setProperty("url", url.toString());
    said.setProperty("key", key);
    StringWriter text = new StringWriter();
    said.store(text, "Where the web console is; whoever has the key can log in");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  /** Deletes it, when the console has ended. */
  public static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  /** The key may not come into a log. */
  @Override
  public String toString() {
    return "console at " + url;
  }
}
