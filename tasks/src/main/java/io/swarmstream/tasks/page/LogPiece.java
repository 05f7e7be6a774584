package io.swarmstream.tasks.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A part of a log, as text; a trainer prints what it likes. */
record LogPiece(
    @JsonPropertyDescription("Where the piece begins, in bytes of the log.") long from,
    @JsonPropertyDescription("Where the next one begins.") long next,
    @JsonPropertyDescription("Length of the log.") long bytes,
    @JsonPropertyDescription("The text, without what steers a terminal.") String text) {
  /** Longest piece. */
  static final int MOST_BYTES = 64 << 10;

  private static final Pattern STEERING = Pattern.compile("\\x1B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
  private static final Pattern RETURN = Pattern.compile("\\r\\n?");

  /**
   * Reads a piece.
   *
   * @param from where it begins; before the log's beginning or after its end: the last piece
   */
  static LogPiece read(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      long begin = from < 0 || from > length ? Math.max(0, length - MOST_BYTES) : from;
      byte[] piece = new byte[(int) Math.min(MOST_BYTES, length - begin)];
      file.seek(begin);
      file.readFully(piece);
      int whole = piece.length - unfinished(piece);
      String text = new String(Arrays.copyOf(piece, whole), UTF_8);
      text = STEERING.matcher(text).replaceAll("");
      text = RETURN.matcher(text).replaceAll("\n");
      text = CONTROL.matcher(text).replaceAll("");
      return new LogPiece(begin, begin + whole, length, text);
    }
  }

  /** Bytes at the end that are the beginning of a character whose rest is still to come. */
  private static int unfinished(byte[] piece) {
    for (int back = 1; back <= Math.min(3, piece.length - 1); back++) {
      int value = piece[piece.length - back] & 0xff;
      if (value >= 0xc0) {
        int needs = value >= 0xf0 ? 4 : value >= 0xe0 ? 3 : 2;
        return needs > back ? back : 0;
      }
      if (value < 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
