package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random requests: whatever comes, the gate answers JSON-RPC, and the node sees only its methods.
 */
class RpcGateFuzzTest {
  private static final int REQUESTS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> WORDS =
      List.of(
          "jsonrpc",
          "id",
          "method",
          "params",
          "Method",
          "METHOD",
          "Params",
          "2.0",
          "eth_call",
          "eth_getLogs",
          "eth_chainId",
          "admin_peers",
          "debug_setHead",
          "personal_sign",
          "latest",
          "fromBlock",
          "toBlock",
          "FromBlock",
          "blockHash",
          "earliest",
          "0x0",
          "0xffffffff",
          "");

  private int passedOn;

  @Test
  void neverFailsAndNeverPassesOnWhatIsClosed() throws Exception {
    RpcGate gate = new RpcGate(this::check, RpcGate.Limits.DEFAULT);
    for (int seed = 0; seed < REQUESTS; seed++) {
      byte[] body = body(new Random(seed));
      JsonNode answer = JSON.readTree(gate.answer(body));
      for (JsonNode one : answer.isArray() ? answer : List.of(answer)) {
        assertThat(one.path("jsonrpc").asText()).as("seed " + seed).isEqualTo("2.0");
        assertThat(one.has("id")).as("seed " + seed).isTrue();
        assertThat(one.has("result") ^ one.has("error")).as("seed " + seed).isTrue();
      }
    }
    assertThat(passedOn).isGreaterThan(REQUESTS / 100);
  }

  /** Reads as geth does: any case, the last of several names. */
  private byte[] check(byte[] request) throws java.io.IOException {
    passedOn++;
    JsonNode given = JSON.readTree(request);
    String method = "";
    for (var field : given.properties()) {
      if (field.getKey().equalsIgnoreCase("method")) {
        method = field.getValue().asText();
      }
    }
    assertThat(GateRules.mostParameters(method)).as(method).isNotNull();
    if (method.equals("eth_getLogs")) {
      for (var field : given.get("params").get(0).properties()) {
        assertThat(field.getKey()).isIn("fromBlock", "toBlock", "address", "topics", "blockHash");
      }
    }
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x64\"}".getBytes(UTF_8);
  }

  private static byte[] body(Random random) {
    String text =
        switch (random.nextInt(4)) {
          case 0 -> value(random, 4);
          case 1 -> "[" + likely(random) + "," + value(random, 3) + "," + likely(random) + "]";
          default -> likely(random);
        };
    byte[] bytes = text.getBytes(UTF_8);
    if (random.nextInt(4) == 0 && bytes.length > 0) { // damaged
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Nearly a request. */
  private static String likely(Random random) {
    StringBuilder text = new StringBuilder("{\"jsonrpc\":\"2.0\",\"id\":");
    text.append(random.nextInt(3) == 0 ? value(random, 1) : "1");
    text.append(",\"method\":\"").append(word(random)).append("\",\"params\":");
    text.append(random.nextBoolean() ? "[" + value(random, 2) + "]" : value(random, 2));
    if (random.nextBoolean()) {
      text.append(",\"").append(word(random)).append("\":").append(value(random, 2));
    }
    return text.append('}').toString();
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> "null";
      case 1 -> Long.toString(random.nextLong());
      case 2 -> random.nextBoolean() ? "true" : "1e400";
      case 3, 4 -> '"' + word(random) + '"';
      case 5 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default ->
          "{\""
              + word(random)
              + "\":"
              + value(random, depth - 1)
              + ",\""
              + word(random)
              + "\":"
              + value(random, depth - 1)
              + "}";
    };
  }

  private static String word(Random random) {
    return random.nextInt(3) == 0 ? "eth_getLogs" : WORDS.get(random.nextInt(WORDS.size()));
  }
}
