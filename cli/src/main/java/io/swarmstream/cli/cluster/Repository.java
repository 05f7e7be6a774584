package io.swarmstream.cli.cluster;

import io.swarmstream.local.processes.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The built repository, or the distribution, that the command runs from. */
public final class Repository {
  private Repository() {}

  /** The folder that the script {@code swarm} passes; otherwise the working directory. */
  public static Path home() {
    return Path.of(System.getProperty("swarm.home", "")).toAbsolutePath();
  }

  /**
   * A cluster in a folder, run from these jars.
   *
   * @throws IllegalStateException when the jars have not been built
   */
  public static ClusterOptions cluster(Path folder) throws IOException {
    return ClusterOptions.of(folder.toAbsolutePath(), home().resolve("deploy"), jobJar());
  }

  private static Path jobJar() throws IOException {
    Path jobs = home().resolve("jobs");
    for (Path folder : new Path[] {jobs.resolve("target"), jobs}) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          var jar = files.filter(file -> file.toString().endsWith("-flink.jar")).findFirst();
          if (jar.isPresent()) {
            return jar.get();
          }
        }
      }
    }
    throw new IllegalStateException(
        "the job's jar is not in " + jobs.resolve("target") + "; run 'mvn package'");
  }
}
