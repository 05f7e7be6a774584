package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Lines, such as the output of a child process, in a file of limited size. When the file is full,
 * it becomes {@code NAME.1}, and the one before is deleted.
 */
public final class CappedLog implements Closeable {
  private static final int LAST_LINES = 15;
  private static final int LONGEST_LINE = 10_000;

  private final Path file;
  private final long mostBytes;
  private final Deque<String> last = new ArrayDeque<>();
  private Writer writer;
  private long bytes;

  /**
   * Opens the log, or creates it.
   *
   * @param mostBytes of each of the two files, but for a line
   */
  public CappedLog(Path file, long mostBytes) throws IOException {
    this.file = file;
    this.mostBytes = mostBytes;
    this.writer = open();
  }

  /** Copies the output until it ends, on a thread of its own. */
  Thread follow(Process process) {
    Thread thread = new Thread(() -> copy(process), "geth-log");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copy(Process process) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  /** Appends a line; one that cannot be written is lost. */
  public synchronized void add(String line) {
    String text = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
    last.add(text);
    if (last.size() > LAST_LINES) {
      last.remove();
    }
    try {
      if (bytes > mostBytes) {
        writer.close();
        PrivateFiles.rename(file, file.resolveSibling(file.getFileName() + ".1"));
        writer = open();
      }
      writer.write(text + "\n");
      writer.flush();
      bytes += text.length() + 1;
    } catch (IOException e) {
      // A full disk must not block geth: whoever reads its output must go on.
    }
  }

  private Writer open() throws IOException {
    PrivateFiles.file(file);
    bytes = Files.size(file);
    return Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND);
  }

  synchronized List<String> lastLines() {
    return List.copyOf(last);
  }

  /** The file's path and the last lines. */
  String lastSaid() {
    return "the last lines of " + file + ":\n" + String.join("\n", lastLines());
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
