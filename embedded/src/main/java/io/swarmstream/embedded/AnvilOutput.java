package io.swarmstream.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What anvil prints when it starts.
 *
 * @param port port that it listens on
 * @param privateKeys keys of its accounts, in order
 */
record AnvilOutput(int port, List<String> privateKeys) {
  private static final Pattern KEY = Pattern.compile("\\(\\d+\\) (0x[0-9a-f]{64})");
  private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)");

  /**
   * Waits until the process listens. From then on, a daemon thread reads and discards its output,
   * so that a full pipe never blocks it.
   *
   * @throws IllegalStateException when the process ends or the deadline passes before it listens;
   *     the message contains its output
   */
  static AnvilOutput follow(Process process, Duration deadline) {
    Queue<String> text = new ConcurrentLinkedQueue<>();
    CompletableFuture<AnvilOutput> listening = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, text, listening), "anvil-output");
    reader.setDaemon(true);
    reader.start();
    try {
      return listening.get(deadline.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "anvil did not listen within "
              + deadline.toSeconds()
              + " s; it said:\n"
              + String.join("\n", text),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "anvil ended before it listened; it said:\n" + String.join("\n", text), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for anvil to listen", e);
    }
  }

  /** Returns the private key that a line of the output names; empty when it names none. */
  static Optional<String> key(String line) {
    Matcher key = KEY.matcher(line);
    return key.find() ? Optional.of(key.group(1)) : Optional.empty();
  }

  private static void read(
      Process process, Queue<String> text, CompletableFuture<AnvilOutput> listening) {
    List<String> keys = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (listening.isDone()) {
          continue;
        }
        text.add(line);
        key(line).ifPresent(keys::add);
        Matcher port = LISTENING.matcher(line);
        if (port.find()) {
          listening.complete(new AnvilOutput(Integer.parseInt(port.group(1)), List.copyOf(keys)));
        }
      }
      listening.completeExceptionally(new IOException("end of output"));
    } catch (IOException e) {
      listening.completeExceptionally(e);
    }
  }
}
