package io.swarmstream.local.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client of a Flink cluster's REST endpoint; any JobManager may answer. */
final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> urls;
  private final LinkKeys keys;
  private @Nullable HttpClient client;

  /**
   * @param urls URLs of the JobManagers
   * @param keys keys that authenticate this client; they may not exist yet
   */
  FlinkRest(List<String> urls, LinkKeys keys) {
    this.urls = urls;
    this.keys = keys;
  }

  /** Free slots; empty when no JobManager answers. */
  Optional<Integer> freeSlots() throws InterruptedException {
    return get("/overview").map(overview -> overview.path("slots-available").asInt());
  }

  /** TaskManagers that are registered; empty when no JobManager answers. */
  Optional<Integer> taskManagers() throws InterruptedException {
    return get("/overview").map(overview -> overview.path("taskmanagers").asInt());
  }

  /** The newest job of this name that has not ended; empty also when no JobManager answers. */
  Optional<FlinkJob> job(String name) throws InterruptedException {
    Optional<JsonNode> overview = get("/jobs/overview");
    if (overview.isEmpty()) {
      return Optional.empty();
    }
    FlinkJob newest = null;
    for (JsonNode job : overview.get().path("jobs")) {
      boolean ended =
          List.of("FINISHED", "CANCELED", "FAILED").contains(job.path("state").asText());
      if (job.path("name").asText().equals(name) && !ended) {
        FlinkJob found = details(job);
        if (newest == null || found.startedAtMs() > newest.startedAtMs()) {
          newest = found;
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  private FlinkJob details(JsonNode job) throws InterruptedException {
    String id = job.path("jid").asText();
    JsonNode tasks = job.path("tasks");
    JsonNode checkpoints = get("/jobs/" + id + "/checkpoints").orElse(JSON.createObjectNode());
    JsonNode completed = checkpoints.path("latest").path("completed");
    return new FlinkJob(
        id,
        job.path("state").asText(),
        tasks.path("running").asInt(),
        tasks.path("total").asInt(),
        job.path("last-modification").asLong(),
        job.path("start-time").asLong(),
        checkpoints.path("counts").path("restored").asInt(),
        checkpoints.path("counts").path("completed").asLong(),
        completed.path("latest_ack_timestamp").asLong(),
        completed.path("state_size").asLong());
  }

  /**
   * Sum over all TaskManagers of a metric that each reports; empty when no JobManager answers.
   *
   * @param metric for instance {@code Status.JVM.Memory.Heap.Used}, in bytes
   */
  Optional<Long> sumOverTaskManagers(String metric) throws InterruptedException {
    return get("/taskmanagers/metrics?agg=sum&get=" + metric)
        .filter(answer -> answer.isArray() && !answer.isEmpty())
        .map(answer -> answer.get(0).path("sum").asLong());
  }

  private Optional<JsonNode> get(String path) throws InterruptedException {
    if (!keys.exist()) {
      return Optional.empty(); // nothing has been started
    }
    for (String url : urls) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
      try {
        HttpResponse<String> answer = client().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return Optional.of(JSON.readTree(answer.body()));
        }
      } catch (IOException e) {
        // The next JobManager may answer.
      }
    }
    return Optional.empty();
  }

  private synchronized HttpClient client() throws IOException {
    HttpClient made = client;
    if (made == null) {
      made = HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(keys.context()).build();
      client = made;
    }
    return made;
  }
}
