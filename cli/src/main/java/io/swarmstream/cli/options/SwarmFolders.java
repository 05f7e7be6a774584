package io.swarmstream.cli.options;

import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folders that commands use: {@code .swarm} in the repository; of a distribution, in the folder
 * that the command is called from.
 */
public final class SwarmFolders {
  private SwarmFolders() {}

  /** The folder that all commands share. */
  public static Path home() {
    String data = System.getProperty("swarm.data");
    return data == null
        ? Path.of(System.getProperty("swarm.home", "")).toAbsolutePath().resolve(".swarm")
        : Path.of(data).toAbsolutePath();
  }

  /** The folder in which {@code swarm up} describes its swarm. */
  public static Path up() {
    return home().resolve("up");
  }

  /** The folder of {@code swarm cluster up}. */
  public static Path cluster() {
    return home().resolve("cluster");
  }

  /** The folder of this organisation's network node. */
  public static Path network() {
    return home().resolve("network");
  }

  /** The folder of a member site. */
  public static Path site() {
    return home().resolve("site");
  }

  /** The folder of a task agent. */
  public static Path agent() {
    return home().resolve("agent");
  }

  /** The folder of the local swarm that is running; {@link #up} when none is running. */
  public static Path running() {
    return Stream.of(up(), cluster())
        .filter(folder -> Files.isRegularFile(folder.resolve(SwarmProperties.FILE)))
        .findFirst()
        .orElse(up());
  }

  /** A new folder, which the caller deletes. */
  public static Path temporary(String prefix) throws IOException {
    return Files.createTempDirectory(PrivateFiles.closedFolder(home()), prefix);
  }
}
