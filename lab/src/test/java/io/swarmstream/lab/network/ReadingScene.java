package io.swarmstream.lab.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.web.ApiJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;

/** Reads a training from a network node as its console does. */
final class ReadingScene {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final URI node;
  private final HttpClient http;

  /** With the certificate of the node's own member. */
  ReadingScene(Path folder) throws Exception {
    NetworkFolder own = NetworkFolder.existing(folder);
    node = URI.create(own.requiredSettings().url());
    http = HttpClient.newBuilder().sslContext(ReloadingTls.of(own.identity()).context()).build();
  }

  private HttpResponse<byte[]> call(String method, String path) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return answer;
  }

  private JsonNode json(String method, String path) throws Exception {
    return ApiJson.mapper().readTree(call(method, path).body());
  }

  /** Rounds, curves, sites, parts; their record and model; and a proof. */
  void read(String contract, int rounds) throws Exception {
    String at = "/v1/contracts/" + contract;
    JsonNode page = json("GET", at + "/rounds?newest=2&before=" + (rounds - 1));
    assertThat(page.findValuesAsText("round"))
        .containsExactly(String.valueOf(rounds - 3), String.valueOf(rounds - 2));
    JsonNode detail = json("GET", at + "/rounds/1");
    assertThat(detail.path("anchor").path("recordHash").asText())
        .isEqualTo(detail.path("recordHash").asText())
        .isNotEmpty();
    describesDeltas(at, detail);
    assertThat(detail.path("collectingMs").asLong()).isPositive();
    byte[] record = call("GET", at + "/rounds/1/record").body();
    assertThat(Hash.sha256(record).hex()).isEqualTo(detail.path("recordHash").asText());
    assertThat(json("GET", at + "/series").path("rounds")).hasSize(rounds);
    assertThat(json("GET", at + "/sites?order=slowest").path("total").asInt()).isPositive();
    assertThat(json("GET", at + "/rejections").isArray()).isTrue();
    assertThat(json("GET", at + "/open").path("round").asLong()).isPositive();
    assertThat(json("GET", "/v1/topology").path("parts").findValuesAsText("kind"))
        .contains("network", "kafka", "chain", "job", "site");
    proves(at);
    byte[] model = call("GET", at + "/model").body();
    long header = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(model.length).isEqualTo(8 + header + detail.path("parameters").asLong() * 4);
  }

  /** Each site's delta has a length, a direction and a size, and so has its curve. */
  private void describesDeltas(String at, JsonNode detail) throws Exception {
    System.out.println("deltas of round 1: " + detail.path("participants"));
    assertThat(detail.path("mergedNorm").asDouble()).isPositive();
    long bytes = 0;
    for (JsonNode site : detail.path("participants")) {
      assertThat(site.path("norm").asDouble()).isPositive();
      assertThat(site.path("cosine").asDouble()).isBetween(-1.0, 1.0);
      bytes += site.path("bytes").asLong();
    }
    assertThat(detail.path("bytes").asLong()).isPositive().isEqualTo(bytes);
    String name = detail.path("participants").path(0).path("site").asText();
    JsonNode series = json("GET", at + "/series?sites=" + name);
    assertThat(series.path("norm").path("max").path(0).isNull()).as("round 0").isTrue();
    assertThat(series.path("sites").path(0).path("cosine").path(1).asDouble())
        .isEqualTo(detail.path("participants").path(0).path("cosine").asDouble());
    assertThat(json("GET", at + "/sites?order=odd").path("remarks").isInt()).isTrue();
  }

  private void proves(String at) throws Exception {
    String path = at + "/rounds/1/verification";
    var unused = json("POST", path);
    JsonNode now =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> json("GET", path), seen -> !seen.path("state").asText().equals("running"));
    assertThat(now.path("verdict").asText()).as(now.toString()).isEqualTo("proven");
  }
}
