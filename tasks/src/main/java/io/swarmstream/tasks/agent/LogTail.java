package io.swarmstream.tasks.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log, bounded, for a description on the chain. */
final class LogTail {
  private static final int LINES = 15;
  private static final int BYTES = 3000;

  private LogTail() {}

  /** The last lines, after a line feed; empty when there are none. */
  static String of(Path log) {
    try {
      if (!Files.exists(log)) {
        return "";
      }
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
        long from = Math.max(0, file.length() - BYTES);
        byte[] end = new byte[(int) (file.length() - from)];
        file.seek(from);
        file.readFully(end);
        // Decodes any bytes; control characters have no place in a description.
        List<String> lines =
            new String(end, UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        return last.isEmpty() ? "" : "; its last lines:\n" + String.join("\n", last);
      }
    } catch (IOException e) {
      return "; its log cannot be read: " + e.getMessage();
    }
  }
}
