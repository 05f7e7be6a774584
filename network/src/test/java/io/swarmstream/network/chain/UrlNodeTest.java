package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrlNodeTest {
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/secret",
        exchange -> {
          byte[] answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1f\"}".getBytes(UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private UrlNode node() {
    return new UrlNode("http://127.0.0.1:" + server.getAddress().getPort() + "/secret");
  }

  @Test
  void answersThroughTheSameGate() {
    try (UrlNode node = node()) {
      RpcGate gate = new RpcGate(node, RpcGate.Limits.DEFAULT);
      String request = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_blockNumber\"}";
      assertThat(new String(gate.answer(request.getBytes(UTF_8)), UTF_8))
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"0x1f\"}");
      assertThat(node.health().block()).isEqualTo(31);
    }
  }

  @Test
  void neverTellsThePathWhichMayBeSecret() {
    status = 500;
    try (UrlNode node = node()) {
      assertThat(node.place()).doesNotContain("secret");
      assertThat(node.health().state()).isEqualTo(ChainHealth.State.DOWN);
      assertThat(node.health().message()).contains("HTTP status 500").doesNotContain("secret");
      server.stop(0);
      assertThat(node.health().message()).contains("127.0.0.1").doesNotContain("secret");
    }
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> new UrlNode("file:///etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http or https");
  }
}
