package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls the API of network nodes. Asks the node that answered last; when it does not answer, asks
 * the others in turn. Safe for use by many threads.
 *
 * <p>Methods throw {@link ApiRefusalException} when a node refuses, and {@link
 * ApiUnreachableException} when none answers.
 */
public final class NetworkClient {
  /** Longer than a node waits for a transaction to be in a block. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  /** Answers of newer nodes may have more fields. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private final List<URI> nodes;
  private final CurrentHttp http;
  private final AtomicInteger last = new AtomicInteger();

  /**
   * A client of these nodes; sends nothing yet.
   *
   * @param nodes URLs such as {@code https://network.hospital-a.example:30304}
   * @param tls the client's certificate, if it has one, and the authorities that it trusts
   */
  public NetworkClient(List<URI> nodes, SSLContext tls) {
    this(nodes, new CurrentHttp(tls));
  }

  /**
   * A client that shows the newest certificate of a folder, whenever that is renewed.
   *
   * @param nodes URLs such as {@code https://network.hospital-a.example:30304}
   */
  public NetworkClient(List<URI> nodes, ReloadingTls tls) {
    this(nodes, new CurrentHttp(tls));
  }

  private NetworkClient(List<URI> nodes, CurrentHttp http) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no network node is named; give at least one URL");
    }
    this.nodes = List.copyOf(nodes);
    this.http = http;
  }

  /** URLs of the nodes that this client asks. */
  public List<URI> nodeUrls() {
    return nodes;
  }

  /** The member that this client's certificate is bound to. */
  public MemberInfo me() {
    return get("/v1/me", new TypeReference<>() {});
  }

  public VersionInfo version() {
    return get("/v1/version", new TypeReference<>() {});
  }

  public HealthInfo health() {
    return get("/v1/health", new TypeReference<>() {});
  }

  public List<MemberInfo> members() {
    return get("/v1/members", new TypeReference<>() {});
  }

  public List<NodeInfo> nodes() {
    return get("/v1/nodes", new TypeReference<>() {});
  }

  public List<AuthorityInfo> authorities() {
    return get("/v1/authorities", new TypeReference<>() {});
  }

  public SwarmAddresses addresses() {
    return get("/v1/addresses", new TypeReference<>() {});
  }

  public List<ContractInfo> contracts() {
    return get("/v1/contracts", new TypeReference<>() {});
  }

  public ContractInfo contract(String name) {
    return get("/v1/contracts/" + name, new TypeReference<>() {});
  }

  /** Creates a drafted contract; returns its name on the chain. */
  public String found(String name, FoundingOrder order) {
    ContractName created = post("/v1/contracts/" + name, order, new TypeReference<>() {});
    return created.contract();
  }

  /** The newest rounds of a contract, oldest first. */
  public List<RoundInfo> rounds(String contract, int newest) {
    return get("/v1/contracts/" + contract + "/rounds?newest=" + newest, new TypeReference<>() {});
  }

  /** Acts from a block on, in the chain's order. */
  public List<AuditInfo> audit(long fromBlock) {
    return get("/v1/audit?from=" + fromBlock, new TypeReference<>() {});
  }

  /** Becomes a member by an invitation; needs no certificate. */
  public EnrolmentAnswer enrol(EnrolmentRequest request) {
    return post("/v1/enrolments", request, new TypeReference<>() {});
  }

  /** Binds another certificate key to the account that signed the request. */
  public MemberInfo bind(BindingRequest request) {
    return post("/v1/bindings", request, new TypeReference<>() {});
  }

  /** Moves the membership to another account, which has signed the request as well. */
  public MemberInfo rotate(RotationRequest request) {
    return post("/v1/rotations", request, new TypeReference<>() {});
  }

  /** Gets a certificate for a new request of the member that calls. */
  public CertificateAnswer renew(CertificateOrder order) {
    return post("/v1/certificates", order, new TypeReference<>() {});
  }

  /** Says that a program runs. */
  public void heartbeat(HeartbeatRequest heartbeat) {
    JsonNode unused = post("/v1/heartbeats", heartbeat, new TypeReference<>() {});
  }

  /**
   * Follows the events of one node: lines of a stream of server-sent events.
   *
   * @return lines; to be closed by the caller
   */
  public Stream<String> events() {
    return send(
        node ->
            HttpRequest.newBuilder(node.resolve("/v1/events"))
                .header("Accept", "text/event-stream")
                .build(),
        BodyHandlers.ofLines());
  }

  private <T> T get(String path, TypeReference<T> type) {
    return read(
        path,
        send(
            node -> HttpRequest.newBuilder(node.resolve(path)).timeout(PATIENCE).build(),
            BodyHandlers.ofByteArray()),
        type);
  }

  private <T> T post(String path, Object body, TypeReference<T> type) {
    byte[] json = write(body);
    return read(
        path,
        send(
            node ->
                HttpRequest.newBuilder(node.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json))
                    .build(),
            BodyHandlers.ofByteArray()),
        type);
  }

  private interface RequestTo {
    HttpRequest at(URI node);
  }

  private <B> B send(RequestTo request, HttpResponse.BodyHandler<B> handler) {
    List<String> failures = new ArrayList<>();
    @Nullable IOException cause = null;
    int first = last.get();
    for (int i = 0; i < nodes.size(); i++) {
      int index = (first + i) % nodes.size();
      try {
        HttpResponse<B> answer = http.client().send(request.at(nodes.get(index)), handler);
        last.set(index);
        if (answer.statusCode() / 100 != 2) {
          throw refusal(nodes.get(index), answer);
        }
        return answer.body();
      } catch (IOException e) {
        failures.add(nodes.get(index) + ": " + Explained.failure(e));
        cause = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ApiUnreachableException("interrupted while waiting for a network node", e);
      }
    }
    throw new ApiUnreachableException(
        "no network node answers: " + String.join("; ", failures), nonNull(cause));
  }

  private static Throwable nonNull(@Nullable Throwable cause) {
    return cause == null ? new IOException("no node was asked") : cause;
  }

  private static ApiRefusalException refusal(URI node, HttpResponse<?> answer) {
    String text =
        answer.body() instanceof byte[] bytes
            ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
            : "";
    try {
      JsonNode problem = JSON.readTree(text);
      if (problem != null && problem.hasNonNull("detail")) {
        return new ApiRefusalException(
            answer.statusCode(),
            problem.path("code").asText("refused"),
            problem.path("detail").asText(),
            problem.path("field").asText(null));
      }
    } catch (JsonProcessingException e) {
      // Not a problem of ours; the status says what there is to say.
    }
    return new ApiRefusalException(
        answer.statusCode(),
        "refused",
        node + " answers " + answer.statusCode() + "; check that it is a network node",
        null);
  }

  private static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body.getClass() + " cannot be written as JSON", e);
    }
  }

  private static <T> T read(String path, byte[] json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new ApiRefusalException(
          502,
          "bad-answer",
          "the answer to " + path + " cannot be read (" + e.getMessage() + "); is the node newer?",
          null);
    }
  }
}
