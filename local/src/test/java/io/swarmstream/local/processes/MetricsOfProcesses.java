package io.swarmstream.local.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Prometheus reads of Flink's processes, found by their logs. */
final class MetricsOfProcesses {
  private static final Pattern PLACE = Pattern.compile("Metrics for Prometheus are at (http\\S+)");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Path logs;

  MetricsOfProcesses(Path logs) {
    this.logs = logs;
  }

  /** The pages of all processes, one after another. */
  String scrape() throws IOException, InterruptedException {
    StringBuilder pages = new StringBuilder();
    for (URI place : places()) {
      pages.append(
          client
              .send(
                  HttpRequest.newBuilder(place).timeout(Duration.ofSeconds(10)).build(),
                  BodyHandlers.ofString())
              .body());
    }
    return pages.toString();
  }

  /** A process that was started again has logged more than one: the last counts. */
  private List<URI> places() throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(job|task)manager-\\d\\.log"))
          .flatMap(MetricsOfProcesses::last)
          .toList();
    }
  }

  private static Stream<URI> last(Path log) {
    try {
      Matcher found = PLACE.matcher(Files.readString(log));
      return found
          .results()
          .map(MatchResult::group)
          .reduce((first, second) -> second)
          .map(line -> URI.create(line.substring(line.indexOf("http"))))
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
