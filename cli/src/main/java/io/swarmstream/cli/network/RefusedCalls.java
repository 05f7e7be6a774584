package io.swarmstream.cli.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.options.TextTable;
import io.swarmstream.clients.network.RefusalInfo;
import java.io.PrintWriter;
import java.util.List;

/** What a network node has refused, for people and for programs. */
final class RefusedCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RefusedCalls() {}

  /** A JSON object for each, on a line of its own. */
  static void printJson(List<RefusalInfo> refused, PrintWriter out) throws JsonProcessingException {
    for (RefusalInfo refusal : refused) {
      out.println(JSON.writeValueAsString(refusal));
    }
  }

  /** A table, the newest first. */
  static void print(List<RefusalInfo> refused, PrintWriter out) {
    if (refused.isEmpty()) {
      out.println("The network node has refused nothing since it was started.");
      return;
    }
    TextTable table = new TextTable("last", "times", "why", "request", "from", "who");
    for (RefusalInfo refusal : refused) {
      table.row(
          refusal.last(),
          Long.toString(refusal.count()),
          refusal.code(),
          refusal.request(),
          refusal.address(),
          who(refusal));
    }
    table.print(out);
  }

  private static String who(RefusalInfo refusal) {
    if (refusal.member() != null) {
      return refusal.member();
    }
    String key = refusal.certificateKey();
    return key == null ? "no certificate" : "key " + AuditLine.shortened(key);
  }
}
