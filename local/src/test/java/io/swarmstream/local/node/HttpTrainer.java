package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.site.node.http.NodeServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A trainer of another language, as far as its node can tell: it has HTTP and nothing else. */
final class HttpTrainer {
  static final ModelLayout LAYOUT =
      new ModelLayout(
          List.of(
              new TensorShape("fc.weight", List.of(3L, 2L)),
              new TensorShape("fc.bias", List.of(3L))));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI node;
  private final String authorization;
  private final String session;

  HttpTrainer(NodeServer server, String session) {
    this.node = server.uri();
    this.authorization = "Bearer " + server.token().hex();
    this.session = session;
  }

  /** An answer: a JSON object, or nothing. */
  record Answered(int status, JsonNode json) {
    String code() {
      return json.path("code").asText();
    }
  }

  Answered open(String contract, ModelLayout layout, String more)
      throws IOException, InterruptedException {
    String tensors =
        String.join(
            ",",
            layout.tensors().stream()
                .map(
                    tensor ->
                        "{\"name\":\"" + tensor.name() + "\",\"shape\":" + tensor.dims() + "}")
                .toList());
    return send(
        "PUT",
        "",
        "application/json",
        ("{\"contract\":\""
                + contract
                + "\",\"trainer\":\"test\",\"layout\":["
                + tensors
                + "]"
                + more
                + "}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Answered open(String contract) throws IOException, InterruptedException {
    return open(contract, LAYOUT, ",\"minPeers\":2,\"mergeMethod\":\"mean\"");
  }

  Answered sync(long n, String query, float... weights) throws IOException, InterruptedException {
    return send("PUT", "/syncs/" + n + query, "application/octet-stream", safetensors(weights));
  }

  /** Polls until the sync is merged, or has failed. */
  Answered merged(long n) throws IOException, InterruptedException {
    return poll("/syncs/" + n + "?waitSeconds=10", "merged");
  }

  Answered over() throws IOException, InterruptedException {
    return poll("/final?waitSeconds=10", "over");
  }

  private Answered poll(String path, String state) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Answered answer = get(path);
      if (answer.status() != 200 || answer.json().path("state").asText().equals(state)) {
        return answer;
      }
      assertThat(System.nanoTime()).as(answer.toString()).isLessThan(end);
    }
  }

  /** Sends weights and waits for the merged ones. */
  float[] round(long n, float... weights) throws IOException, InterruptedException {
    Answered sent = sync(n, "?loss=0.5&samples=10", weights);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
    Answered merged = merged(n);
    assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
    return model("/syncs/" + n + "/model");
  }

  Answered post(String path, String json) throws IOException, InterruptedException {
    return send(
        "POST", path, "application/json", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Answered get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", new byte[0]);
  }

  /** What the node and its sessions do. */
  JsonNode status() throws IOException, InterruptedException {
    return JSON.readTree(text("/status"));
  }

  /** What Prometheus reads. */
  String metrics() throws IOException, InterruptedException {
    return text("/metrics");
  }

  private String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(node.resolve(path))
                .header("Authorization", authorization)
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  Answered delete() throws IOException, InterruptedException {
    return send("DELETE", "", "", new byte[0]);
  }

  float[] model(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    ByteBuffer bytes = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong()) + Long.BYTES;
    return FloatCodec.decode(Arrays.copyOfRange(response.body(), header, response.body().length));
  }

  private Answered send(String method, String path, String mediaType, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    HttpResponse<byte[]> response =
        client.send(
            request.method(method, BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    return new Answered(response.statusCode(), JSON.readTree(response.body()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve("/v1/sessions/" + session + path))
        .header("Authorization", authorization)
        .timeout(Duration.ofSeconds(60));
  }

  static byte[] safetensors(float... weights) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(SafetensorsHeader.ofFloats(LAYOUT));
    body.write(FloatCodec.encode(weights));
    return body.toByteArray();
  }
}
