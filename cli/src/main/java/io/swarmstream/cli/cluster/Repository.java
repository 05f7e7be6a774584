package io.swarmstream.cli.cluster;

import io.swarmstream.local.processes.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The built repository that the command runs from. */
public final class Repository {
  private Repository() {}

  /** The folder that the script {@code swarm} passes; otherwise the working directory. */
  public static Path home() {
    return Path.of(System.getProperty("swarm.home", "")).toAbsolutePath();
  }

  /**
   * A cluster in a folder, run from this repository's jars.
   *
   * @throws IllegalStateException when the jars have not been built
   */
  public static ClusterOptions cluster(Path folder) throws IOException {
    return ClusterOptions.of(folder.toAbsolutePath(), home().resolve("deploy"), jobJar());
  }

  private static Path jobJar() throws IOException {
    Path target = home().resolve("jobs").resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        var jar = files.filter(file -> file.toString().endsWith("-flink.jar")).findFirst();
        if (jar.isPresent()) {
          return jar.get();
        }
      }
    }
    throw new IllegalStateException("the job's jar is not in " + target + "; run 'mvn package'");
  }
}
