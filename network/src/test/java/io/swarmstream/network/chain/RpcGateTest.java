package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcGateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> seen = new ArrayList<>();
  private final RpcGate gate =
      new RpcGate(
          request -> {
            String text = new String(request, UTF_8);
            seen.add(text);
            return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x4e20\"}".getBytes(UTF_8);
          },
          new RpcGate.Limits(2_000, 3, 100, 10_000, 2, Duration.ofSeconds(5)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin_peers",
        "admin_addPeer",
        "personal_unlockAccount",
        "debug_setHead",
        "clique_propose",
        "miner_stop",
        "txpool_content",
        "engine_newPayloadV1",
        "eth_sendTransaction",
        "eth_sign",
        "eth_signTransaction",
        "eth_accounts",
        "eth_coinbase",
        "eth_newFilter",
        "eth_subscribe",
        "rpc_modules",
        "ETH_CHAINID",
        "eth_chainId ",
        "eth_chainId\\u0000",
        ""
      })
  void passesNothingOnThatIsNotForMembers(String method) throws IOException {
    assertThat(error(ask(request(method, "[]")))).isEqualTo(-32601);
    assertThat(seen).isEmpty();
  }

  @Test
  void answersWithTheIdOfTheCaller() throws IOException {
    JsonNode answer =
        ask("{\"jsonrpc\":\"2.0\",\"id\":\"a-7\",\"method\":\"eth_chainId\",\"params\":[]}");
    assertThat(answer.toString())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-7\",\"result\":\"0x4e20\"}");
  }

  /** geth ignores the case of names and takes the last one. */
  @Test
  void writesTheRequestAnewSoThatNoSecondMethodHides() throws IOException {
    ask(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"Method\":\"admin_peers\","
            + "\"METHOD\":\"debug_setHead\",\"params\":[],\"Params\":[1]}");
    assertThat(seen)
        .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}");
  }

  @Test
  void refusesAFieldNamedTwice() throws IOException {
    assertThat(
            error(
                ask(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"method\":\"admin_peers\"}")))
        .isEqualTo(-32700);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nonsense",
        "{}{}",
        "[1,2",
        "\u0000",
        "{\"a\":\ud800}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
      })
  void saysThatMalformedJsonIsNone(String body) throws IOException {
    JsonNode answer = ask(body);
    assertThat(error(answer)).isEqualTo(-32700);
    assertThat(answer.get("id").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"eth_chainId\"",
        "{}",
        "[]",
        "[1,2,3,4]",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[\"eth_chainId\"]}"
      })
  void refusesWhatIsNoRequest(String body) throws IOException {
    assertThat(error(ask(body))).isEqualTo(-32600);
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesNamedAndSurplusParameters() throws IOException {
    assertThat(error(ask(request("eth_chainId", "{\"a\":1}")))).isEqualTo(-32602);
    assertThat(error(ask(request("eth_call", "[{},\"latest\",{\"0x0\":{}}]")))).isEqualTo(-32602);
    assertThat(seen).isEmpty();
  }

  @Test
  void checksEachRequestOfABatch() throws IOException {
    JsonNode answers =
        ask(
            "["
                + request("eth_chainId", "[]")
                + ","
                + request("admin_peers", "[]")
                + ","
                + request("net_version", "[]")
                + "]");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).has("result")).isTrue();
    assertThat(error(answers.get(1))).isEqualTo(-32601);
    assertThat(answers.get(2).has("result")).isTrue();
    assertThat(seen).hasSize(2);
  }

  @Test
  void refusesALargeBody() throws IOException {
    assertThat(error(ask("\"" + "x".repeat(2_000) + "\""))).isEqualTo(-32005);
  }

  /** The fake's newest block is 20,000. */
  @Test
  void boundsTheBlocksOfASearchForLogs() throws IOException {
    assertThat(error(logs("{\"fromBlock\":\"0x0\"}"))).isEqualTo(-32005);
    assertThat(error(logs("{\"fromBlock\":\"earliest\",\"toBlock\":\"0x64\"}"))).isEqualTo(-32005);
    assertThat(error(logs("{\"fromBlock\":\"0x0\",\"toBlock\":\"latest\"}"))).isEqualTo(-32005);
    assertThat(error(logs("{\"fromBlock\":\"0x0\",\"FromBlock\":\"0x1\"}"))).isEqualTo(-32602);
    assertThat(error(logs("{\"fromBlock\":0}"))).isEqualTo(-32602);
    assertThat(error(ask(request("eth_getLogs", "[]")))).isEqualTo(-32602);
    assertThat(error(ask(request("eth_getLogs", "[7]")))).isEqualTo(-32602);
    seen.clear();
    assertThat(logs("{\"fromBlock\":\"0x1\",\"toBlock\":\"0x64\"}").has("result")).isTrue();
    assertThat(logs("{\"blockHash\":\"0x12\"}").has("result")).isTrue();
    assertThat(logs("{\"address\":\"0x12\"}").has("result")).isTrue();
    assertThat(seen.get(seen.size() - 1)).contains("\"fromBlock\":\"0x4e20\"");
  }

  @Test
  void saysWhenTheNodeDoesNotAnswer() throws IOException {
    RpcGate broken =
        new RpcGate(
            request -> {
              throw new IOException("the Ethereum node is away");
            },
            RpcGate.Limits.DEFAULT);
    JsonNode answer = JSON.readTree(broken.answer(request("eth_chainId", "[]").getBytes(UTF_8)));
    assertThat(error(answer)).isEqualTo(-32603);
    assertThat(answer.at("/error/message").asText()).isEqualTo("the Ethereum node is away");
  }

  @Test
  void refusesACallWhenAllPlacesAreTaken() throws Exception {
    CountDownLatch isInside = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    RpcGate narrow =
        new RpcGate(
            request -> {
              isInside.countDown();
              try {
                mayGo.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}".getBytes(UTF_8);
            },
            new RpcGate.Limits(2_000, 3, 100, 10_000, 1, Duration.ofMillis(200)));
    byte[] request = request("eth_chainId", "[]").getBytes(UTF_8);
    CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> narrow.answer(request));
    assertThat(isInside.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(error(JSON.readTree(narrow.answer(request)))).isEqualTo(-32005);
    mayGo.countDown();
    assertThat(JSON.readTree(first.join()).has("result")).isTrue();
    assertThat(JSON.readTree(narrow.answer(request)).has("result")).isTrue();
  }

  private JsonNode logs(String filter) throws IOException {
    return ask(request("eth_getLogs", "[" + filter + "]"));
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private JsonNode ask(String body) throws IOException {
    return JSON.readTree(gate.answer(body.getBytes(UTF_8)));
  }

  private static int error(JsonNode answer) {
    return answer.at("/error/code").asInt();
  }
}
