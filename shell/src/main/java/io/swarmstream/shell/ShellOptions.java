package io.swarmstream.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a shell runs.
 *
 * @param script to run first
 * @param commands to run instead of asking for them
 * @param usr the user's folder, which scripts call {@code /platform/swarm/usr}
 * @param aliases host and port of network nodes, by names that scripts have
 * @param isJson whether to print one JSON object for each command
 */
public record ShellOptions(
    Optional<Path> script,
    List<String> commands,
    Optional<Path> usr,
    Map<String, String> aliases,
    boolean isJson) {
  public ShellOptions {
    commands = List.copyOf(commands);
    aliases = Map.copyOf(aliases);
    if (script.isPresent() && !commands.isEmpty()) {
      throw new IllegalArgumentException("--script and -c exclude each other; give one");
    }
  }
}
