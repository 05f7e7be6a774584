package io.swarmstream.network.chain;

import static io.swarmstream.network.chain.GateRefusal.INVALID_PARAMS;
import static io.swarmstream.network.chain.GateRefusal.LIMIT_EXCEEDED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** Bounds the blocks that {@code eth_getLogs} searches. */
final class LogFilter {
  private static final Set<String> FIELDS =
      Set.of("fromBlock", "toBlock", "address", "topics", "blockHash");
  private static final Set<String> NEWEST = Set.of("latest", "pending", "safe", "finalized");

  private LogFilter() {}

  /** Asks for the number of the newest block. */
  interface NewestBlock {
    long number() throws IOException;
  }

  /**
   * Returns the filter with fixed bounds, so that the node searches what was checked.
   *
   * @param mostBlocks from the first to the last, both counted
   * @throws IOException when the newest block is needed and the node does not tell it
   */
  static ObjectNode bounded(JsonNode given, int mostBlocks, NewestBlock newest)
      throws GateRefusal, IOException {
    if (!(given instanceof ObjectNode filter)) {
      throw new GateRefusal(INVALID_PARAMS, "eth_getLogs takes one object, the filter");
    }
    // geth ignores the case of names: "FROMBLOCK" would overrule what is checked here.
    for (var field : filter.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new GateRefusal(
            INVALID_PARAMS, "eth_getLogs does not know the field \"" + field.getKey() + "\"");
      }
    }
    if (filter.hasNonNull("blockHash")) {
      return filter;
    }
    long last = block(filter.path("toBlock"), newest);
    long first = block(filter.path("fromBlock"), newest);
    if (first <= last && last - first >= mostBlocks) {
      throw new GateRefusal(
          LIMIT_EXCEEDED,
          "eth_getLogs asks for "
              + (last - first + 1)
              + " blocks; at most "
              + mostBlocks
              + " are searched at a time: ask for several ranges");
    }
    return filter
        .deepCopy()
        .put("fromBlock", "0x" + Long.toHexString(first))
        .put("toBlock", "0x" + Long.toHexString(last));
  }

  private static long block(JsonNode given, NewestBlock newest) throws GateRefusal, IOException {
    String text = given.isMissingNode() || given.isNull() ? "latest" : given.asText();
    if (NEWEST.contains(text)) {
      return newest.number();
    }
    if (text.equals("earliest")) {
      return 0;
    }
    if (!given.isTextual() || !text.matches("0x[0-9a-fA-F]{1,15}")) {
      throw new GateRefusal(
          INVALID_PARAMS, "fromBlock and toBlock of eth_getLogs are numbers such as \"0x1f\"");
    }
    return Long.parseLong(text.substring(2), 16);
  }
}
