package io.swarmstream.cli.verify;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.local.processes.SwarmProperties;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a local swarm that is running says it is. */
public final class RunningSwarm {
  private RunningSwarm() {}

  /**
   * Reads the addresses.
   *
   * @param given the file, or the folder it is in; null: that of a local swarm
   * @return by name of the option without its dashes; empty when nothing is given and no local
   *     swarm is running
   * @throws IllegalArgumentException when the given file is not there
   */
  public static Map<String, String> addresses(@Nullable Path given) throws IOException {
    Path place = given == null ? SwarmFolders.running() : given;
    Path file = Files.isDirectory(place) ? place.resolve(SwarmProperties.FILE) : place;
    if (!Files.isRegularFile(file)) {
      if (given != null) {
        throw new IllegalArgumentException(
            "--swarm must name a file that says where a swarm is, or its folder, got " + given);
      }
      return Map.of();
    }
    Properties properties = TextFile.properties(file);
    Map<String, String> addresses = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> addresses.put(name, properties.getProperty(name)));
    return addresses;
  }
}
