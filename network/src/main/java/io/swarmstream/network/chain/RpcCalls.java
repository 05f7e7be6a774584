package io.swarmstream.network.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.clients.chain.RpcTransport;
import java.io.IOException;
import org.web3j.utils.Numeric;

/** Calls single methods of a node, for what web3j does not know: admin and clique. */
final class RpcCalls {
  static final ObjectMapper JSON = new ObjectMapper();

  private final RpcTransport transport;

  RpcCalls(RpcTransport transport) {
    this.transport = transport;
  }

  /**
   * Returns the result; a null node when the node answers null.
   *
   * @param parameters strings, numbers and booleans
   * @throws IOException when the node does not answer, or answers with an error
   */
  JsonNode call(String method, Object... parameters) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    ArrayNode params = request.put("method", method).putArray("params");
    for (Object parameter : parameters) {
      params.addPOJO(parameter);
    }
    JsonNode answer = JSON.readTree(transport.call(JSON.writeValueAsBytes(request)));
    if (answer.hasNonNull("error")) {
      throw new IOException(
          "the Ethereum node refused "
              + method
              + ": "
              + answer.get("error").path("message").asText("without a reason"));
    }
    return answer.path("result");
  }

  long number(String method, Object... parameters) throws IOException {
    return quantity(call(method, parameters).asText());
  }

  static long quantity(String hex) throws IOException {
    try {
      return Numeric.decodeQuantity(hex).longValueExact();
    } catch (RuntimeException e) {
      throw new IOException("the Ethereum node answered \"" + hex + "\" instead of a number", e);
    }
  }
}
