package io.swarmstream.lab.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The machine that a benchmark ran on.
 *
 * @param processor processor model, as the system names it
 * @param memoryGib memory of the machine; 0 where the system does not report it
 * @param system operating system and version
 * @param java virtual machine and version
 */
public record Machine(String processor, int cores, double memoryGib, String system, String java) {
  private static final double KIB_PER_GIB = 1 << 20;

  /** Describes this machine. */
  public static Machine here() {
    return new Machine(
        field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")) / KIB_PER_GIB,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
  }

  private static String field(String file, String name, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise; // not Linux
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %d cores, %.0f GiB, %s, %s", processor, cores, memoryGib, system, java);
  }
}
