package io.swarmstream.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** The result as one JSON object; accuracies are shares of 1, unknown numbers are null. */
public final class ResultJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultJson() {}

  public static String of(DemoResult result, Path report) throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.set("options", options(result.options()));
    for (Round round : result.rounds()) {
      json.withArray("/rounds").add(round(round));
    }
    ObjectNode alone = json.putObject("alone");
    result.baselines().alone().forEach(site -> alone.put(site.name(), site.accuracy()));
    json.put("swarm", result.swarm());
    json.put("pooled", result.pooled());
    ObjectNode sent = json.putObject("bytesSent");
    result.bytesSent().forEach(sent::put);
    json.put("modelHash", result.lastRound().modelHash());
    json.put("network", result.network());
    json.put("report", report.toString());
    json.put("elapsedMillis", result.elapsed().toMillis());
    return JSON.writeValueAsString(json);
  }

  private static ObjectNode options(DemoOptions options) {
    return JSON.createObjectNode()
        .put("sites", options.sites())
        .put("rounds", options.rounds())
        .put("merge", options.merge())
        .put("encoding", options.encoding().code())
        .put("minPeers", options.minPeers())
        .put("syncFrequency", options.syncFrequency())
        .put("seed", options.seed());
  }

  private static ObjectNode round(Round round) {
    ObjectNode json = JSON.createObjectNode().put("round", round.round());
    round.participants().forEach(json.putArray("participants")::add);
    if (round.meanLoss().isPresent()) {
      json.put("meanLoss", round.meanLoss().getAsDouble());
    } else {
      json.putNull("meanLoss");
    }
    return json.put("accuracy", round.test().accuracy())
        .put("testLoss", round.test().loss())
        .put("modelHash", round.modelHash())
        .put("recordHash", round.recordHash())
        .put("anchorTx", round.anchorTransaction())
        .put("millis", round.millis());
  }
}
