package io.swarmstream.network.chain;

import static io.swarmstream.network.chain.GateRefusal.INVALID_PARAMS;
import static io.swarmstream.network.chain.GateRefusal.INVALID_REQUEST;
import static io.swarmstream.network.chain.GateRefusal.METHOD_NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC request that has passed the list of methods.
 *
 * @param id a string or a number
 * @param method one that members may call
 * @param params positional parameters
 */
record GateRequest(JsonNode id, String method, ArrayNode params) {
  private static final int LONGEST_ID = 100;

  /** Checks a request, however malformed. */
  static GateRequest of(JsonNode given) throws GateRefusal {
    if (!given.isObject()) {
      throw new GateRefusal(INVALID_REQUEST, "a request is a JSON object");
    }
    if (!given.path("jsonrpc").isTextual() || !given.path("jsonrpc").textValue().equals("2.0")) {
      throw new GateRefusal(INVALID_REQUEST, "\"jsonrpc\" has to be \"2.0\"");
    }
    if (id(given).isNull()) {
      throw new GateRefusal(
          INVALID_REQUEST,
          "\"id\" has to be a number or a string of at most " + LONGEST_ID + " characters");
    }
    JsonNode method = given.path("method");
    if (!method.isTextual()) {
      throw new GateRefusal(INVALID_REQUEST, "\"method\" has to be a string");
    }
    @Nullable Integer most = GateRules.mostParameters(method.textValue());
    if (most == null) {
      throw new GateRefusal(
          METHOD_NOT_FOUND,
          "the method "
              + shortened(method.textValue())
              + " is not open to members: a network node passes on reading and signed transactions"
              + " only");
    }
    JsonNode params = given.path("params");
    if (params.isMissingNode() || params.isNull()) {
      params = JsonNodeFactory.instance.arrayNode();
    }
    if (!(params instanceof ArrayNode array) || array.size() > most) {
      throw new GateRefusal(
          INVALID_PARAMS,
          "\"params\" of " + method.textValue() + " has to be an array of at most " + most);
    }
    return new GateRequest(id(given), method.textValue(), array);
  }

  /** The id for the answer, null when there is none that can be used. */
  static JsonNode id(JsonNode given) {
    JsonNode id = given.path("id");
    boolean isUsable = id.isNumber() || (id.isTextual() && id.textValue().length() <= LONGEST_ID);
    return isUsable && id.toString().length() <= 6 * LONGEST_ID ? id : NullNode.getInstance();
  }

  /**
   * The request for the node, written anew. The caller's bytes never reach the node: geth ignores
   * the case of names and takes the last of several, so that {@code "Method"} would overrule the
   * {@code "method"} checked here.
   */
  ObjectNode json() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("id", 1);
    request.put("method", method).set("params", params);
    return request;
  }

  GateRequest withParams(ArrayNode other) {
    return new GateRequest(id, method, other);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID) + "...";
  }
}
