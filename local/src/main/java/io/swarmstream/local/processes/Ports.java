package io.swarmstream.local.processes;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * The ports of a cluster, chosen once, so that restarted processes listen where they did before.
 */
final class Ports {
  private final Map<Port, Integer> ports;

  private Ports(Map<Port, Integer> ports) {
    this.ports = ports;
  }

  int of(Port port) {
    return Objects.requireNonNull(ports.get(port));
  }

  /**
   * Reads the ports from the file, or chooses them and writes the file.
   *
   * @param usual true: take the usual ports if they are free; false: take any free ports
   */
  static Ports in(Path file, boolean usual) throws IOException {
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    Properties known = new Properties();
    if (Files.exists(file)) {
      known = TextFile.properties(file);
    }
    Set<Integer> taken = new HashSet<>();
    for (Port port : Port.values()) {
      String value = known.getProperty(port.key());
      int chosen = value == null ? choose(port, usual, taken) : Integer.parseInt(value.strip());
      taken.add(chosen);
      ports.put(port, chosen);
      known.setProperty(port.key(), Integer.toString(chosen));
    }
    StringWriter text = new StringWriter();
    known.store(text, "Ports of this cluster; to change one, stop the cluster first");
    PrivateFiles.write(file, text.toString());
    return new Ports(ports);
  }

  private static int choose(Port port, boolean usual, Set<Integer> taken) {
    if (usual && FreePort.isFree(port.usual)) {
      return port.usual;
    }
    while (true) {
      int any = FreePort.any();
      if (!taken.contains(any)) {
        return any;
      }
    }
  }
}
