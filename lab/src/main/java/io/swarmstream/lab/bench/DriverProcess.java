package io.swarmstream.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of this package as separate processes next to a cluster. */
final class DriverProcess {
  private static final int TAIL = 20;

  private DriverProcess() {}

  /**
   * Starts a program; the caller reads its output.
   *
   * @param cluster the cluster's folder, which also holds its logs
   */
  static Process start(Class<?> main, int heapMiB, Path cluster, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMiB + "m");
    // A chunk takes a megabyte. With regions of that size, G1 treats it as humongous and marks all
    // the time.
    command.add("-XX:G1HeapRegionSize=8m");
    command.add("-Dswarm.log=" + cluster.resolve("logs/sites.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log(cluster).toFile()))
        .start();
  }

  /** The last lines of the programs' error output. */
  static String lastWords(Path cluster) throws IOException {
    List<String> lines = Files.readAllLines(log(cluster));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  private static Path log(Path cluster) {
    return cluster.resolve("logs/site-driver.log");
  }
}
