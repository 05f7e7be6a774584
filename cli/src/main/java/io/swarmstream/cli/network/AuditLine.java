package io.swarmstream.cli.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.clients.chain.AuditEvent;
import org.jspecify.annotations.Nullable;

/** One act of the audit log as a line of JSON. */
final class AuditLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditLine() {}

  /**
   * The line.
   *
   * @param member name of the actor; null: the account belongs to no member
   */
  static String json(AuditEvent act, @Nullable String member) throws JsonProcessingException {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("block", act.block())
            .put("at", act.time().toString())
            .put("transaction", act.transaction())
            .put("actor", act.actor())
            .put("member", member)
            .put("act", act.act())
            .put("text", act.text())
            .set("details", JSON.valueToTree(act.details())));
  }
}
