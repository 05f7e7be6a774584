package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the console of {@code swarm up} as its pages do, in a browser of the swarm's owner. */
final class OwnersBrowser {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI console;
  private final String token;
  private @Nullable String cookie;

  /**
   * A browser that has not logged in yet.
   *
   * @param link as the command prints it
   */
  OwnersBrowser(String link) {
    console = URI.create(link);
    token = link.substring(link.lastIndexOf('/') + 1);
  }

  /** Logs in by the link; returns the header that gives the cookie. */
  String logIn() throws Exception {
    HttpResponse<String> answer = send(login());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String given = answer.headers().firstValue("Set-Cookie").orElseThrow();
    cookie = given.substring(0, given.indexOf(';'));
    return given;
  }

  HttpRequest.Builder login() {
    return request("POST", "/v1/console/sessions", "{\"token\":\"" + token + "\"}");
  }

  /** A request as the pages make it. */
  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request = unmarked(method, path, body);
    return method.equals("GET") ? request : request.header("X-Swarm-Console", "1");
  }

  /** The same without the header of the console's pages. */
  HttpRequest.Builder unmarked(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(console.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Sec-Fetch-Site", "same-origin")
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode get(String path) throws Exception {
    return json(request("GET", path, ""));
  }

  JsonNode json(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  void assertRefused(int status, String code, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  /** What is answered to somebody who calls the server by another name. */
  String callAs(String host, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nCookie: "
                      + cookie
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
