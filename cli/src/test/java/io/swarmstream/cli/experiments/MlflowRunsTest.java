package io.swarmstream.cli.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MlflowRunsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer mlflow;
  private MlflowServer server;

  @BeforeEach
  void serve() throws IOException {
    mlflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mlflow.createContext("/api/2.0/mlflow/", this::answer);
    mlflow.start();
    server =
        new MlflowServer(URI.create("http://127.0.0.1:" + mlflow.getAddress().getPort() + "/"));
  }

  @AfterEach
  void stop() {
    mlflow.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    String what = call.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
    calls.add(what);
    byte[] body = call.getRequestBody().readAllBytes();
    if (body.length > 0) {
      bodies.add(JSON.readTree(body));
    }
    String text =
        switch (what) {
          case "experiments/create" -> "{\"experiment_id\":\"7\"}";
          case "runs/create" -> "{\"run\":{\"info\":{\"run_id\":\"run-" + calls.size() + "\"}}}";
          default -> "{}";
        };
    byte[] answer = text.getBytes(UTF_8);
    call.sendResponseHeaders(what.startsWith("experiments/get") ? 404 : 200, answer.length);
    call.getResponseBody().write(answer);
    call.close();
  }

  private static InputStream export(int rounds) {
    return new ByteArrayInputStream(text(rounds).getBytes(UTF_8));
  }

  private static String text(int rounds) {
    StringBuilder json = new StringBuilder("{\"contract\":\"digits\",\"rounds\":[");
    for (int round = 0; round < rounds; round++) {
      json.append(round == 0 ? "" : ",")
          .append("{\"round\":")
          .append(round)
          .append(",\"closedAt\":\"2026-01-01T00:00:00Z\",\"meanLoss\":0.5,\"participants\":[")
          .append(
              "{\"account\":\"0x01\",\"site\":\"a\",\"weight\":2,\"loss\":0.25,\"epochs\":1,\"norm\":3.5,\"cosine\":null,\"bytes\":40}]}");
    }
    return json.append("]}").toString();
  }

  @Test
  void makesARunForTheMergeAndEachSite() throws Exception {
    int runs =
        new MlflowRuns(server, server.experiment("swarm/digits"), Map.of("a", "b"))
            .write(export(2));

    assertThat(runs).isEqualTo(2);
    assertThat(calls)
        .containsExactly(
            "experiments/get-by-name",
            "experiments/create",
            "runs/create",
            "runs/create",
            "runs/log-batch",
            "runs/log-batch",
            "runs/update",
            "runs/update");
    assertThat(bodies.get(1).path("experiment_id").asText()).isEqualTo("7");
    assertThat(bodies.get(2).path("run_name").asText()).isEqualTo("site a");
    assertThat(bodies.get(3).path("metrics").findValuesAsText("key"))
        .containsExactly("loss", "participants", "loss", "participants");
    assertThat(bodies.get(4).path("metrics").findValuesAsText("key"))
        .startsWith("loss", "norm", "bytes", "weight", "epochs");
    assertThat(bodies.get(4).path("metrics").get(5).path("step").asInt()).isEqualTo(1);
  }

  @Test
  void runsOfATransferThatFailsAreMarkedAsFailed() {
    InputStream cut =
        new ByteArrayInputStream(text(2).substring(0, text(2).length() - 40).getBytes(UTF_8));

    assertThatThrownBy(() -> new MlflowRuns(server, "7", Map.of()).write(cut))
        .isInstanceOf(IOException.class);

    assertThat(
            bodies.stream()
                .filter(body -> body.has("status"))
                .map(body -> body.path("status").asText()))
        .containsExactly("FAILED", "FAILED");
  }

  @Test
  void logsNoMoreThanOneCallTakes() throws Exception {
    new MlflowRuns(server, "7", Map.of()).write(export(501));

    assertThat(bodies)
        .allSatisfy(body -> assertThat(body.path("metrics").size()).isLessThanOrEqualTo(1_000));
    assertThat(bodies.stream().mapToInt(body -> body.path("metrics").size()).sum())
        .isEqualTo(501 * 7);
  }

  @Test
  void saysWhichServerDoesNotAnswer() {
    MlflowServer away = new MlflowServer(URI.create("http://127.0.0.1:1"));

    assertThatThrownBy(() -> away.experiment("x"))
        .hasMessageContaining("http://127.0.0.1:1/api/2.0/mlflow/")
        .hasMessageContaining("--tracking-uri");
  }
}
