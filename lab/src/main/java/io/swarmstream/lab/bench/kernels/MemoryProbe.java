package io.swarmstream.lab.bench.kernels;

import io.swarmstream.schemas.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures the memory bandwidth of this machine, with a C program where a compiler is available,
 * and with the JVM's own loops.
 *
 * <p>Those loops are the ones that compare and copy arrays: a Java loop that sums what it reads
 * waits for its additions rather than for memory.
 */
final class MemoryProbe {
  private static final int TURNS = 8;
  private static final long PATIENCE_SECONDS = 120;

  private final Cores cores;
  private final int mebibytes;

  /** Creates a probe on these cores; each core gets two blocks of this size. */
  MemoryProbe(Cores cores, int mebibytes) {
    this.cores = cores;
    this.mebibytes = mebibytes;
  }

  /** The best result of both ways. */
  MemoryLimit measure() throws IOException, InterruptedException {
    MemoryLimit java = inJava();
    return inC().map(java::best).orElse(java);
  }

  MemoryLimit inJava() throws InterruptedException {
    int length = mebibytes << 20;
    byte[][] from = new byte[cores.count()][];
    byte[][] to = new byte[cores.count()][];
    // The threads that use the memory also allocate it, so that it is as near as a kernel's input.
    cores.each(
        cores.count(),
        core -> {
          from[core] = new byte[length];
          to[core] = new byte[length];
          Arrays.fill(from[core], (byte) 1);
          Arrays.fill(to[core], (byte) 1);
        });
    double moved = 2.0 * length * cores.count();
    double read = 0;
    double copy = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      cores.each(cores.count(), core -> requireEqual(from[core], to[core]));
      read = Math.max(read, moved / (System.nanoTime() - began));
      began = System.nanoTime();
      cores.each(
          cores.count(), core -> System.arraycopy(from[core], 0, to[core], 0, from[core].length));
      copy = Math.max(copy, moved / (System.nanoTime() - began));
    }
    return new MemoryLimit(read, "Java, Arrays.mismatch", copy, "Java, System.arraycopy");
  }

  private static void requireEqual(byte[] a, byte[] b) {
    if (Arrays.mismatch(a, b) >= 0) {
      throw new IllegalStateException("a copy in memory differs from its source");
    }
  }

  /** Measures with a C program; empty where there is no C compiler. */
  Optional<MemoryLimit> inC() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("swarm-limits-");
    try (InputStream source = MemoryProbe.class.getResourceAsStream("limits.c")) {
      if (source == null) {
        throw new IOException("resource limits.c is not on the class path");
      }
      Path file = folder.resolve("limits.c");
      Files.copy(source, file);
      Path program = folder.resolve("limits");
      List<String> compile = List.of("gcc", "-O3", "-march=native", "-pthread", "-o");
      Optional<String> compiled =
          output(
              Stream.concat(compile.stream(), Stream.of(program.toString(), file.toString()))
                  .toList(),
              folder.resolve("gcc.txt"));
      Optional<String> rates =
          compiled.isEmpty()
              ? Optional.empty()
              : output(
                  List.of(
                      program.toString(),
                      String.valueOf(cores.count()),
                      String.valueOf(mebibytes),
                      String.valueOf(TURNS)),
                  folder.resolve("limits.txt"));
      return rates.map(MemoryProbe::parse);
    } finally {
      FolderTree.delete(folder);
    }
  }

  private static MemoryLimit parse(String rates) {
    Scanner both = new Scanner(rates).useLocale(Locale.ROOT);
    return new MemoryLimit(both.nextDouble(), "C", both.nextDouble(), "C, memcpy");
  }

  /** Output of a program; empty when the program does not exist or fails. */
  private static Optional<String> output(List<String> command, Path said)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0
          ? Optional.of(Files.readString(said))
          : Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
