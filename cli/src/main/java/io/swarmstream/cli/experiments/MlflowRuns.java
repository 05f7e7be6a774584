package io.swarmstream.cli.experiments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an exported training to MLflow: one run for the merged rounds, and one for each site. */
final class MlflowRuns {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowRuns.class);

  private final MlflowServer server;
  private final String experiment;
  private final Map<String, String> tags;
  private final Map<String, Run> runs = new LinkedHashMap<>();

  private static final class Run {
    private final String id;
    private ArrayNode waiting = MlflowServer.JSON.createArrayNode();
    private long lastMs;

    private Run(String id) {
      this.id = id;
    }
  }

  MlflowRuns(MlflowServer server, String experiment, Map<String, String> tags) {
    this.server = server;
    this.experiment = experiment;
    this.tags = tags;
  }

  /**
   * Reads the JSON that a network node exports, a round at a time; returns how many runs it made.
   * When that fails, the runs that it has begun are marked as failed.
   */
  int write(InputStream export) throws IOException, InterruptedException {
    boolean isWhole = false;
    try {
      read(export);
      for (Run run : runs.values()) {
        send(run);
      }
      for (Run run : runs.values()) {
        server.end(run.id, "FINISHED", run.lastMs);
      }
      isWhole = true;
      return runs.size();
    } finally {
      if (!isWhole) {
        fail();
      }
    }
  }

  private void fail() throws InterruptedException {
    for (Run run : runs.values()) {
      try {
        server.end(run.id, "FAILED", run.lastMs);
      } catch (IOException e) {
        LOG.warn("MLflow's run {} could not be marked as failed: {}", run.id, e.getMessage());
        return;
      }
    }
  }

  private void read(InputStream export) throws IOException, InterruptedException {
    try (JsonParser json = MlflowServer.JSON.createParser(export)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY && "rounds".equals(json.currentName())) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            round(json.readValueAsTree());
          }
        }
      }
    }
  }

  private void round(JsonNode round) throws IOException, InterruptedException {
    long step = round.path("round").asLong();
    long atMs = Instant.parse(round.path("closedAt").asText()).toEpochMilli();
    Run merge = run("merge", atMs);
    metric(merge, "loss", round.path("meanLoss"), step, atMs);
    metric(merge, "metric", round.path("meanMetric"), step, atMs);
    metric(merge, "norm", round.path("mergedNorm"), step, atMs);
    metric(merge, "bytes", round.path("bytes"), step, atMs);
    metric(
        merge,
        "participants",
        MlflowServer.JSON.getNodeFactory().numberNode(round.path("participants").size()),
        step,
        atMs);
    for (JsonNode site : round.path("participants")) {
      Run run = run("site " + site.path("site").asText(site.path("account").asText()), atMs);
      metric(run, "loss", site.path("loss"), step, atMs);
      metric(run, "metric", site.path("metric"), step, atMs);
      metric(run, "norm", site.path("norm"), step, atMs);
      metric(run, "cosine", site.path("cosine"), step, atMs);
      metric(run, "bytes", site.path("bytes"), step, atMs);
      metric(run, "weight", site.path("weight"), step, atMs);
      metric(run, "epochs", site.path("epochs"), step, atMs);
    }
  }

  private Run run(String name, long startMs) throws IOException, InterruptedException {
    Run known = runs.get(name);
    if (known == null) {
      known = new Run(server.run(experiment, name, startMs, tags));
      runs.put(name, known);
    }
    return known;
  }

  private void metric(Run run, String key, JsonNode value, long step, long atMs)
      throws IOException, InterruptedException {
    run.lastMs = Math.max(run.lastMs, atMs);
    if (!value.isNumber()) {
      return;
    }
    run.waiting
        .addObject()
        .put("key", key)
        .put("value", value.asDouble())
        .put("timestamp", atMs)
        .put("step", step);
    if (run.waiting.size() == MlflowServer.MOST_METRICS) {
      send(run);
    }
  }

  private void send(Run run) throws IOException, InterruptedException {
    if (!run.waiting.isEmpty()) {
      server.log(run.id, run.waiting);
      run.waiting = MlflowServer.JSON.createArrayNode();
    }
  }
}
