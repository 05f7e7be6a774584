package io.swarmstream.cli.verify;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a local swarm that is running says it is. */
public final class RunningSwarm {
  private static final String FILE = "swarm.properties";

  private RunningSwarm() {}

  /**
   * Reads the addresses.
   *
   * @param given the file, or the folder it is in; null: where {@code swarm cluster up} writes it
   * @return by name of the option without its dashes; empty when nothing is given and no local
   *     swarm is running
   * @throws IllegalArgumentException when the given file is not there
   */
  public static Map<String, String> addresses(@Nullable Path given) throws IOException {
    Path place =
        given == null ? Path.of(System.getProperty("swarm.home", ""), ".swarm", "cluster") : given;
    Path file = Files.isDirectory(place) ? place.resolve(FILE) : place;
    if (!Files.isRegularFile(file)) {
      if (given != null) {
        throw new IllegalArgumentException(
            "--swarm must name a file that says where a swarm is, or its folder, got " + given);
      }
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> addresses = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> addresses.put(name, properties.getProperty(name)));
    return addresses;
  }
}
