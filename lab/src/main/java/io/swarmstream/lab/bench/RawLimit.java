package io.swarmstream.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how long Kafka alone takes to move a round's records, on the broker that the rounds use.
 */
final class RawLimit {
  /** About what a JVM takes to compile the clients: 130 rounds of 8 sites with 1 M parameters. */
  private static final long DELTA_BYTES = 4L << 30;

  private static final int FEWEST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 300;
  private static final long ENDING_SECONDS = 30;

  private final RoundsOptions options;

  RawLimit(RoundsOptions options) {
    this.options = options;
  }

  /**
   * Runs the measurement.
   *
   * @param cluster folder of a running cluster
   * @param bytesSentPerSite size of a site's delta in the log
   * @throws IllegalStateException when the clients fail; the message holds their error output
   */
  RawRound measure(Path cluster, long bytesSentPerSite) throws IOException, InterruptedException {
    long modelBytes = options.parameters() * Float.BYTES;
    long chunks =
        (options.parameters() + ChunkLayout.MAX_CHUNK_VALUES - 1) / ChunkLayout.MAX_CHUNK_VALUES;
    long all = options.sites() * bytesSentPerSite;
    List<String> arguments = new ArrayList<>();
    arguments.add(cluster.toString());
    Stream.of(
            Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, DELTA_BYTES / all)),
            options.sites(),
            options.isCrowd() ? 1 : options.sites(),
            chunks,
            bytesSentPerSite / chunks,
            Math.max(1, modelBytes / chunks))
        .map(String::valueOf)
        .forEach(arguments::add);
    // All Kafka clients run in one process, whether or not the sites did.
    int heapMiB = RoundsOptions.siteHeapMiB(options.sites(), false);
    Process driver = DriverProcess.start(RawDriver.class, heapMiB, cluster, arguments);
    try {
      return RawRound.typical(read(driver, cluster));
    } finally {
      driver.destroyForcibly();
    }
  }

  /** Reads until the process ends; the process enforces its own deadlines. */
  private static List<RawRound> read(Process driver, Path cluster)
      throws IOException, InterruptedException {
    ObjectMapper mapper = new ObjectMapper();
    List<RawRound> rounds = new ArrayList<>();
    try (BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rounds.add(mapper.readValue(line, RawRound.class));
      }
    }
    boolean hasEnded = driver.waitFor(ENDING_SECONDS, TimeUnit.SECONDS);
    if (!hasEnded || driver.exitValue() != 0) {
      throw new IllegalStateException(
          "raw records did not get through Kafka after %d rounds; it was said:%n%s"
              .formatted(rounds.size(), DriverProcess.lastWords(cluster)));
    }
    return rounds;
  }
}
