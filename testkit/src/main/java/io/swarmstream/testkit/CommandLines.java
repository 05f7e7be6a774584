package io.swarmstream.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes were started with, whole: on Linux, {@link ProcessHandle.Info} knows the first
 * 4,096 bytes only, of which a class path may take all.
 */
public final class CommandLines {
  private CommandLines() {}

  /** Processes of this machine whose command line contains all these texts. */
  public static List<ProcessHandle> running(String... texts) {
    return ProcessHandle.allProcesses().filter(found -> contains(of(found), texts)).toList();
  }

  /** A process' program and arguments, with spaces between; empty when it has ended. */
  public static String of(ProcessHandle process) {
    Path whole = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return new String(Files.readAllBytes(whole), StandardCharsets.UTF_8)
          .replace('\0', ' ')
          .strip();
    } catch (IOException e) { // it has ended, or this is no Linux
      return process.info().commandLine().orElse("");
    }
  }

  private static boolean contains(String line, String... texts) {
    return Stream.of(texts).allMatch(line::contains);
  }
}
