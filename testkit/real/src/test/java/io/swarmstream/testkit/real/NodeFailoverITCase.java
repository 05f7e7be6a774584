package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.CoordinatorTerm;
import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes of one chain: a dead one, one that goes silent, and a whole one. */
@SuppressWarnings("NullAway.Init")
class NodeFailoverITCase {
  private final DevChain chain = DevChain.shared();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer front;

  /** What the node in front of the chain does with a request and its answer. */
  private interface Manner {
    void answer(HttpExchange exchange, String request, String answer) throws IOException;
  }

  private Manner manner = NodeFailoverITCase::pass;

  @BeforeEach
  void start() throws IOException {
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.createContext("/", this::handle);
    front.start();
  }

  @AfterEach
  void stop() {
    front.stop(0);
  }

  @Test
  void asksTheNextNodeWhenOneIsDead() throws Exception {
    String name = chain.newContract();
    try (ChainClient client = signing(dead() + ", " + chain.anvil.url())) {
      client.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);

      assertThat(client.registry().sites(name)).hasSize(1);
    }
    try (ChainClient client = signing(chain.anvil.url() + "," + dead())) {
      assertThat(client.registry().sites(name)).hasSize(1);
    }
  }

  @Test
  void namesAllNodesWhenNoneAnswers() throws Exception {
    String one = dead();
    String other = dead();
    try (ChainClient client = signing(one + "," + other)) {
      assertThatThrownBy(client::newestBlock)
          .isInstanceOf(ChainUnreachableException.class)
          .hasMessageContaining(one + " or " + other);
    }
  }

  @Test
  void staysWithTheNodeThatAnsweredLast() throws Exception {
    manner = (exchange, request, answer) -> status(exchange, 503);
    try (ChainClient client = signing(frontUrl() + "," + chain.anvil.url())) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.newestBlock()).isPositive();
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void takesAnErrorForAnAnswer() throws Exception {
    String name = chain.newContract();
    try (ChainClient client =
        ChainClient.signing(options(frontUrl() + "," + chain.anvil.url()), chain.key(2))) {
      assertThatThrownBy(
              () -> client.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1))
          .isInstanceOf(ChainRefusalException.class);
    }
    assertThat(asked.get()).isPositive();
  }

  @Test
  void aTransactionWhoseAnswerIsLostIsSentOnce() throws Exception {
    String name = chain.newContract();
    manner =
        (exchange, request, answer) -> {
          if (request.contains("eth_sendRawTransaction")) {
            exchange.close(); // it arrived; the answer does not
          } else {
            pass(exchange, request, answer);
          }
        };
    int before = nonce();
    try (ChainClient client = signing(frontUrl() + "," + chain.anvil.url())) {
      client.administration().offerCoordinator(name, chain.key(2).address());
    }

    assertThat(nonce()).isEqualTo(before + 1);
    chain.stranger.administration().acceptCoordinator(name);
    assertThat(chain.owner.registry().coordinators(name))
        .extracting(CoordinatorTerm::account)
        .endsWith(chain.key(2).address());
  }

  @Test
  void doesNotWaitForASilentNodeLongerThanItsTimeout() throws Exception {
    manner =
        (exchange, request, answer) -> {
          try {
            Thread.sleep(3_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        };
    try (ChainClient client =
        ChainClient.reading(
            options(frontUrl() + "," + chain.anvil.url())
                .withTimeouts(
                    new ChainOptions.Timeouts(Duration.ofMillis(500), Duration.ofSeconds(5))))) {
      long start = System.nanoTime();
      assertThat(client.newestBlock()).isPositive();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private ChainClient signing(String urls) {
    return ChainClient.signing(options(urls), chain.key(0));
  }

  private ChainOptions options(String urls) {
    return ChainOptions.of(urls, chain.options.trainingContracts(), chain.options.roundAnchors())
        .withTimeouts(chain.options.timeouts());
  }

  private static String dead() {
    return "http://127.0.0.1:" + FreePort.any();
  }

  private String frontUrl() {
    return "http://127.0.0.1:" + front.getAddress().getPort();
  }

  private int nonce() throws Exception {
    return Integer.decode(
        chain.ask("eth_getTransactionCount", chain.key(0).address(), "latest").toString());
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      String answer =
          http.send(
                  HttpRequest.newBuilder(URI.create(chain.anvil.url()))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(request))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      manner.answer(exchange, request, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private static void pass(HttpExchange exchange, String request, String answer)
      throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }
}
