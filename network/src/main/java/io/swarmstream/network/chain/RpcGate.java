package io.swarmstream.network.chain;

import static io.swarmstream.network.chain.GateRefusal.INTERNAL_ERROR;
import static io.swarmstream.network.chain.GateRefusal.INVALID_PARAMS;
import static io.swarmstream.network.chain.GateRefusal.INVALID_REQUEST;
import static io.swarmstream.network.chain.GateRefusal.LIMIT_EXCEEDED;
import static io.swarmstream.network.chain.GateRefusal.PARSE_ERROR;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.clients.chain.RpcTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets members call an Ethereum node: only the methods of {@link GateRules}, within limits. Answers
 * everything, malformed requests included, with JSON-RPC objects. Whether the caller is a member is
 * for the API to check.
 */
public final class RpcGate {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 40;

  private final RpcTransport node;
  private final Limits limits;
  private final ObjectMapper json;
  private final Semaphore places;

  /**
   * Bounds of one call.
   *
   * @param bodyBytes largest request; the API should refuse a larger one before it reads it
   * @param batch most requests in a batch
   * @param logBlocks most blocks that one eth_getLogs searches
   * @param answerBytes largest answer to a batch; a single answer is bounded by the node's
   *     transport
   * @param calls most calls at the same time, fewer than the node's connections, so that members
   *     cannot keep the network node from its own
   * @param time longest wait for a place among these calls, and time after which the rest of a
   *     batch is refused
   */
  public record Limits(
      int bodyBytes, int batch, int logBlocks, int answerBytes, int calls, Duration time) {
    public static final Limits DEFAULT =
        new Limits(1024 * 1024, 50, 10_000, 32 * 1024 * 1024, 6, Duration.ofSeconds(20));
  }

  public RpcGate(RpcTransport node, Limits limits) {
    this.node = node;
    this.limits = limits;
    this.places = new Semaphore(limits.calls(), true);
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(limits.bodyBytes())
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  public Limits limits() {
    return limits;
  }

  /** Answers the body of a request: one JSON value in UTF-8. */
  public byte[] answer(byte[] body) {
    try {
      return json.writeValueAsBytes(answerTo(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values cannot be written", e);
    }
  }

  private JsonNode answerTo(byte[] body) {
    try {
      if (body.length > limits.bodyBytes()) {
        throw new GateRefusal(
            LIMIT_EXCEEDED,
            "the request has "
                + body.length
                + " bytes; at most "
                + limits.bodyBytes()
                + " are taken");
      }
      JsonNode given = parse(body);
      long end = System.nanoTime() + limits.time().toNanos();
      takePlace();
      try {
        return given instanceof ArrayNode batch ? answers(batch, end) : answer(given, end);
      } finally {
        places.release();
      }
    } catch (GateRefusal e) {
      return refusal(NullNode.getInstance(), e);
    }
  }

  private void takePlace() throws GateRefusal {
    try {
      if (places.tryAcquire(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new GateRefusal(
        LIMIT_EXCEEDED,
        "the node is busy with " + limits.calls() + " other calls; try again later");
  }

  private JsonNode parse(byte[] body) throws GateRefusal {
    try {
      JsonNode given = json.readTree(body);
      if (given == null || given.isMissingNode()) {
        throw new GateRefusal(PARSE_ERROR, "the request is empty");
      }
      return given;
    } catch (JsonProcessingException e) {
      throw new GateRefusal(
          PARSE_ERROR,
          "the request is no JSON, names a field twice, or nests too deep: "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw new GateRefusal(PARSE_ERROR, "the request is not in UTF-8: " + e.getMessage());
    }
  }

  private JsonNode answers(ArrayNode batch, long end) throws GateRefusal {
    if (batch.isEmpty() || batch.size() > limits.batch()) {
      throw new GateRefusal(
          INVALID_REQUEST,
          "the batch has " + batch.size() + " requests; it has to have 1 to " + limits.batch());
    }
    ArrayNode answers = json.createArrayNode();
    long bytes = 0;
    for (JsonNode given : batch) {
      JsonNode answer = answer(given, bytes > limits.answerBytes() ? System.nanoTime() - 1 : end);
      bytes += answer.toString().length();
      answers.add(answer);
    }
    return answers;
  }

  private JsonNode answer(JsonNode given, long end) {
    JsonNode id = GateRequest.id(given);
    try {
      GateRequest request = GateRequest.of(given);
      if (System.nanoTime() - end > 0) {
        throw new GateRefusal(
            LIMIT_EXCEEDED,
            "the batch takes too long or its answer is too large; send it in parts");
      }
      ObjectNode answer = call(bounded(request));
      answer.set("id", id);
      return answer;
    } catch (GateRefusal e) {
      return refusal(id, e);
    } catch (IOException e) {
      return refusal(id, new GateRefusal(INTERNAL_ERROR, String.valueOf(e.getMessage())));
    }
  }

  private GateRequest bounded(GateRequest request) throws GateRefusal, IOException {
    if (!request.method().equals(GateRules.LOGS)) {
      return request;
    }
    if (request.params().isEmpty()) {
      throw new GateRefusal(INVALID_PARAMS, "eth_getLogs takes one object, the filter");
    }
    ObjectNode filter =
        LogFilter.bounded(
            request.params().get(0),
            limits.logBlocks(),
            () -> new RpcCalls(node).number("eth_blockNumber"));
    return request.withParams(json.createArrayNode().add(filter));
  }

  private ObjectNode call(GateRequest request) throws IOException {
    JsonNode answer = RpcCalls.JSON.readTree(node.call(json.writeValueAsBytes(request.json())));
    if (answer instanceof ObjectNode object && (object.has("result") || object.has("error"))) {
      return object;
    }
    throw new IOException("the Ethereum node gave no answer to " + request.method());
  }

  private static ObjectNode refusal(JsonNode id, GateRefusal refusal) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", refusal.code()).put("message", refusal.getMessage());
    return answer;
  }
}
