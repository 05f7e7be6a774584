package io.swarmstream.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The few calls of MLflow's REST API 2.0 that writing a run takes. */
final class MlflowServer {
  /** The most that one call takes. */
  static final int MOST_METRICS = 1_000;

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NOT_FOUND = 404;

  private final String api;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  MlflowServer(URI tracking) {
    this.api = tracking.toString().replaceFirst("/+$", "") + "/api/2.0/mlflow/";
  }

  /** Id of an experiment, which is created if there is none of this name. */
  String experiment(String name) throws IOException, InterruptedException {
    HttpResponse<String> found =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        api
                            + "experiments/get-by-name?experiment_name="
                            + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                .GET());
    if (found.statusCode() == NOT_FOUND) {
      return post("experiments/create", JSON.createObjectNode().put("name", name))
          .path("experiment_id")
          .asText();
    }
    return checked(found).path("experiment").path("experiment_id").asText();
  }

  /** Begins a run; returns its id. */
  String run(String experiment, String name, long startMs, Map<String, String> tags)
      throws IOException, InterruptedException {
    ObjectNode body =
        JSON.createObjectNode()
            .put("experiment_id", experiment)
            .put("run_name", name)
            .put("start_time", startMs);
    ArrayNode list = body.putArray("tags");
    tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    return post("runs/create", body).path("run").path("info").path("run_id").asText();
  }

  /** Logs metrics, at most {@link #MOST_METRICS}. */
  void log(String run, ArrayNode metrics) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("run_id", run);
    body.set("metrics", metrics);
    var unused = post("runs/log-batch", body);
  }

  /**
   * Ends a run.
   *
   * @param status FINISHED or FAILED
   */
  void end(String run, String status, long endMs) throws IOException, InterruptedException {
    var unused =
        post(
            "runs/update",
            JSON.createObjectNode()
                .put("run_id", run)
                .put("status", status)
                .put("end_time", endMs));
  }

  private JsonNode post(String call, ObjectNode body) throws IOException, InterruptedException {
    return checked(
        send(
            HttpRequest.newBuilder(URI.create(api + call))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "MLflow does not answer at " + api + " (" + e + "); check --tracking-uri", e);
    }
  }

  private static JsonNode checked(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      String text = answer.body();
      throw new IOException(
          answer.uri()
              + " answers "
              + answer.statusCode()
              + ": "
              + text.substring(0, Math.min(500, text.length())));
    }
    return JSON.readTree(answer.body());
  }
}
