package io.swarmstream.tasks.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A log of a run.
 *
 * @param site index of the site in the profile's order, in digits
 * @param name {@code trainer}, {@code build} or {@code site}, the last of which is the site's node
 */
public record KeptRunLog(String site, String name, Path file) {
  private static final List<String> NAMES = List.of("trainer", "build", "site");

  /** The logs in a run's folder, by site. */
  public static List<KeptRunLog> in(Path run) throws IOException {
    List<KeptRunLog> logs = new ArrayList<>();
    try (Stream<Path> sites = Files.list(run)) {
      for (Path site : sites.filter(Files::isDirectory).sorted().toList()) {
        for (String name : NAMES) {
          Path file = site.resolve(name + ".log");
          if (Files.isRegularFile(file)) {
            logs.add(new KeptRunLog(String.valueOf(site.getFileName()), name, file));
          }
        }
      }
    }
    return logs;
  }
}
