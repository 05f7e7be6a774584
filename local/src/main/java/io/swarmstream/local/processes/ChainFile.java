package io.swarmstream.local.processes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the development chain. The node overwrites it every second; a node that is killed
 * meanwhile leaves half a file, from which it cannot start.
 */
public final class ChainFile {
  private static final Logger LOG = LoggerFactory.getLogger(ChainFile.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  public ChainFile(Path file) {
    this.file = file;
  }

  /** Keeps a complete copy. */
  public void keep() throws Exception {
    Path copy = file.resolveSibling("state.json.copy");
    Await.until(
        "whole file of the chain",
        PATIENCE,
        file,
        () -> {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          return isWhole(copy);
        });
    Files.move(copy, kept(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces half a file by the newest complete copy. */
  public void mend() throws IOException {
    if (Files.exists(file) && !isWhole(file)) {
      if (!Files.exists(kept())) {
        throw new IllegalStateException(
            file
                + " is only half written: the development chain was killed while it wrote, and is lost. Stop the"
                + " cluster, delete its folder and start it again");
      }
      LOG.warn("{} is only half written; the chain goes back to {}", file, kept());
      Files.copy(kept(), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path kept() {
    return file.resolveSibling("state.json.kept");
  }

  private static boolean isWhole(Path json) throws IOException {
    try (JsonParser parser = JSON.createParser(json.toFile())) {
      boolean any = false;
      while (parser.nextToken() != null) {
        any = true;
      }
      return any;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
