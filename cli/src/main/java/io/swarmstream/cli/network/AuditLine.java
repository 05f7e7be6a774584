package io.swarmstream.cli.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.clients.chain.AuditEvent;
import org.jspecify.annotations.Nullable;

/** One act of the audit log as a line. */
final class AuditLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int KEY_DIGITS = 64;
  private static final int SHOWN_DIGITS = 12;

  private AuditLine() {}

  /**
   * The line.
   *
   * @param member name of the actor; null: the account belongs to no member
   * @param key that the actor's certificate had at that time; null: none
   */
  static String json(AuditEvent act, @Nullable String member, @Nullable String key)
      throws JsonProcessingException {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("block", act.block())
            .put("at", act.time().toString())
            .put("transaction", act.transaction())
            .put("actor", act.actor())
            .put("member", member)
            .put("certificateKey", key)
            .put("onBehalfOf", act.onBehalfOf().orElse(null))
            .put("act", act.act())
            .put("text", act.text())
            .set("details", JSON.valueToTree(act.details())));
  }

  /** The line for people; of a key hash the first digits, by which people compare keys. */
  static String text(AuditEvent act, String who, @Nullable String key) {
    return act.time()
        + "  block "
        + act.block()
        + "  "
        + who
        + " "
        + act.text()
        + act.onBehalfOf().map(member -> ", on behalf of " + member).orElse("")
        + (key == null ? "" : "  [key " + shortened(key) + "]");
  }

  static String shortened(String key) {
    return key.length() == KEY_DIGITS ? key.substring(0, SHOWN_DIGITS) + "…" : key;
  }
}
