package io.swarmstream.cli.options;

import io.swarmstream.local.processes.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the commands keep what they keep: in {@code .swarm}, in the repository. */
public final class SwarmFolders {
  private SwarmFolders() {}

  /** All that the commands keep. */
  public static Path home() {
    return Path.of(System.getProperty("swarm.home", "")).toAbsolutePath().resolve(".swarm");
  }

  /** Where {@code swarm up} says how to reach its swarm. */
  public static Path up() {
    return home().resolve("up");
  }

  /** Where {@code swarm cluster up} keeps its cluster. */
  public static Path cluster() {
    return home().resolve("cluster");
  }

  /** The folder of a local swarm that says how to reach it; {@link #up} when there is none. */
  public static Path running() {
    return Stream.of(up(), cluster())
        .filter(folder -> Files.isRegularFile(folder.resolve(SwarmProperties.FILE)))
        .findFirst()
        .orElse(up());
  }

  /** A new folder, for whoever deletes it afterwards. */
  public static Path temporary(String prefix) throws IOException {
    return Files.createTempDirectory(PrivateFiles.closedFolder(home()), prefix);
  }
}
