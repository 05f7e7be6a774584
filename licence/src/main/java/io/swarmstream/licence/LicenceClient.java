package io.swarmstream.licence;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Calls a licence server, or, if it does not answer or leaves the leases to the other one, that.
 * Safe for use by several threads.
 *
 * <p>Methods throw {@link LicenceRefusedException} when the server refuses, and {@link
 * LicenceUnreachableException} when none gives leases.
 */
public final class LicenceClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Servers may be newer than their clients. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final List<URI> servers;
  private final HttpClient http;
  private final AtomicInteger last = new AtomicInteger();

  /**
   * A client; sends nothing yet.
   *
   * @param servers URLs such as {@code https://licences.study.example:5814}, the primary first
   * @param tls the client's certificate and whom it trusts
   */
  public LicenceClient(List<URI> servers, SSLContext tls) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no licence server is named; give at least one URL");
    }
    this.servers = List.copyOf(servers);
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls)
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  public Lease take(LeaseRequest request) {
    return send("POST", "/v1/leases", ApiJson.bytes(request), new TypeReference<>() {});
  }

  public Lease renew(String id) {
    return send("PUT", "/v1/leases/" + id, new byte[0], new TypeReference<>() {});
  }

  public void release(String id) {
    JsonNode unused = send("DELETE", "/v1/leases/" + id, new byte[0], new TypeReference<>() {});
  }

  public List<Lease> leases() {
    return send("GET", "/v1/leases", new byte[0], new TypeReference<>() {});
  }

  public List<Entitlement> entitlements() {
    return send("GET", "/v1/entitlements", new byte[0], new TypeReference<>() {});
  }

  public List<Revocation> revocations() {
    return send("GET", "/v1/revocations", new byte[0], new TypeReference<>() {});
  }

  public LicenceHealth health() {
    return send("GET", "/v1/health", new byte[0], new TypeReference<>() {});
  }

  /** Installs a licence, as its issuer signed it; for administrators. */
  public Entitlement install(String licence) {
    return send(
        "POST",
        "/v1/entitlements",
        licence.strip().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        new TypeReference<>() {});
  }

  /** Ends a lease, and gives its node no other; for administrators. */
  public Revocation revoke(String id) {
    return send("POST", "/v1/leases/" + id + "/revocation", new byte[0], new TypeReference<>() {});
  }

  /** Lets a node take leases again; for administrators. */
  public void readmit(String id) {
    JsonNode unused =
        send("DELETE", "/v1/revocations/" + id, new byte[0], new TypeReference<>() {});
  }

  private <T> T send(String method, String path, byte[] body, TypeReference<T> type) {
    List<String> failures = new ArrayList<>();
    int first = last.get();
    for (int i = 0; i < servers.size(); i++) {
      int index = (first + i) % servers.size();
      URI server = servers.get(index);
      try {
        HttpResponse<byte[]> answer =
            http.send(
                HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 == 2) {
          last.set(index);
          return JSON.readValue(answer.body(), type);
        }
        LicenceRefusedException refusal = refusal(server, answer);
        if (answer.statusCode() < 500) {
          throw refusal;
        }
        failures.add(server + ": " + refusal.getMessage());
      } catch (IOException e) {
        failures.add(server + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LicenceUnreachableException("interrupted while waiting for a licence server");
      }
    }
    throw new LicenceUnreachableException(
        "no licence server gives leases: " + String.join("; ", failures));
  }

  private static LicenceRefusedException refusal(URI server, HttpResponse<byte[]> answer) {
    try {
      JsonNode problem = JSON.readTree(answer.body());
      if (problem != null && problem.hasNonNull("detail")) {
        return new LicenceRefusedException(
            problem.path("code").asText("refused"), problem.path("detail").asText());
      }
    } catch (JacksonException e) {
      // Not one of our servers.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new LicenceRefusedException(
        "refused",
        server + " answers " + answer.statusCode() + "; check that it is a licence server");
  }
}
