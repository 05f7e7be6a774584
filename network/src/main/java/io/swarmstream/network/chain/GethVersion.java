package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which version a geth program is: later ones cannot make blocks with clique. */
final class GethVersion {
  private static final int DEADLINE_SECONDS = 20;

  private GethVersion() {}

  /** Whether the program says that it is geth of our line of releases. */
  static boolean isRight(Path program) {
    String line = GethBinary.VERSION.substring(0, GethBinary.VERSION.lastIndexOf('.') + 1);
    try {
      Process process =
          new ProcessBuilder(program.toString(), "version").redirectErrorStream(true).start();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return said.lines().anyMatch(text -> text.startsWith("Version: " + line));
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
