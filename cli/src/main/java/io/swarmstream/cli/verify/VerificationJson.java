package io.swarmstream.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.verification.Finding;
import io.swarmstream.verification.RoundVerdict;
import io.swarmstream.verification.Verification;
import java.util.Locale;

/** A verification as one JSON object; a finding omits the fields that do not concern it. */
public final class VerificationJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private VerificationJson() {}

  public static String of(Verification verification) throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.put("contract", verification.terms().contract());
    json.put("network", verification.terms().network());
    json.put("verdict", code(verification.status()));
    var rounds = json.putArray("rounds");
    verification.rounds().forEach(round -> rounds.add(round(round)));
    var findings = json.putArray("findings");
    verification.findings().forEach(finding -> findings.add(finding(finding)));
    json.put("elapsedMillis", verification.times().total().toMillis());
    return JSON.writeValueAsString(json);
  }

  private static ObjectNode round(RoundVerdict round) {
    ObjectNode json =
        JSON.createObjectNode().put("round", round.round()).put("verdict", code(round.status()));
    round.sites().forEach(json.putArray("participants")::add);
    json.put("contributions", round.contributions()).put("replayedBytes", round.replayedBytes());
    var findings = json.putArray("findings");
    round.findings().forEach(finding -> findings.add(finding(finding)));
    if (!round.clipped().isEmpty()) {
      var clipped = json.putArray("clipped");
      round
          .clipped()
          .forEach(
              each ->
                  clipped
                      .addObject()
                      .put("site", each.name())
                      .put("norm", each.norm())
                      .put("limit", each.limit()));
    }
    if (!round.obstacle().isEmpty()) {
      json.put("obstacle", round.obstacle());
    }
    return json;
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode json = JSON.createObjectNode().put("code", finding.code());
    if (finding.round() >= 0) {
      json.put("round", finding.round());
    }
    if (finding.site() != null) {
      json.put("site", finding.site());
    }
    if (finding.chunk() != null) {
      json.put("chunk", finding.chunk());
    }
    if (finding.place() != null) {
      json.put("topic", finding.place().topic())
          .put("partition", finding.place().partition())
          .put("offset", finding.place().offset());
    }
    return json.put("message", finding.message());
  }

  private static String code(RoundVerdict.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
