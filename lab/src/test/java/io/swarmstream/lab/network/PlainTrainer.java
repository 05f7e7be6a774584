package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A trainer of two weights that knows its site node by HTTP alone. As a program, it reads what to
 * do, {@code open CONTRACT} or {@code sync N ONE OTHER}, and answers each line by one.
 */
final class PlainTrainer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER =
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;
  private final String token;
  private final String session;

  PlainTrainer(URI node, Path site, String session) throws Exception {
    this.node = node;
    this.token = Files.readString(site.resolve("token")).strip();
    this.session = session;
  }

  /** Arguments: address of the node, folder of the site, session. */
  public static void main(String[] args) throws Exception {
    PlainTrainer trainer = new PlainTrainer(URI.create(args[0]), Path.of(args[1]), args[2]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("open")) {
        trainer.open(words[1]);
        System.out.println("opened");
      } else {
        System.out.println(
            trainer.sync(
                Long.parseLong(words[1]), Float.parseFloat(words[2]), Float.parseFloat(words[3])));
      }
    }
  }

  void open(String contract) throws Exception {
    String body =
        "{\"contract\":\""
            + contract
            + "\",\"trainer\":\"plain\",\"layout\":[{\"name\":\"w\",\"shape\":[2]}],"
            + "\"minPeers\":2,\"mergeMethod\":\"mean\"}";
    HttpResponse<byte[]> answer =
        send("PUT", "", "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode() / 100)
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(2);
  }

  /** Sends weights as sync {@code n} and waits until they are merged; returns the round. */
  long sync(long n, float one, float other) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
    body.write(little(8).putLong(header.length).array());
    body.write(header);
    body.write(little(8).putFloat(one).putFloat(other).array());
    HttpResponse<byte[]> sent =
        send(
            "PUT",
            "/syncs/" + n + "?loss=0.5&samples=10",
            "application/octet-stream",
            body.toByteArray());
    assertThat(sent.statusCode())
        .as(new String(sent.body(), StandardCharsets.UTF_8))
        .isEqualTo(202);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<byte[]> answer = send("GET", "/syncs/" + n + "?waitSeconds=10", "", new byte[0]);
      JsonNode json = JSON.readTree(answer.body());
      if (json.path("state").asText().equals("merged")) {
        return json.path("round").path("round").asLong(json.path("round").asLong());
      }
      assertThat(answer.statusCode()).as(json.toString()).isEqualTo(200);
      assertThat(System.nanoTime()).as("sync " + n + ": " + json).isLessThan(end);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private HttpResponse<byte[]> send(String method, String path, String type, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.resolve("/v1/sessions/" + session + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(60));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return http.send(
        request.method(method, BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }
}
