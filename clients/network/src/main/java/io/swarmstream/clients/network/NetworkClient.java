package io.swarmstream.clients.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** A link that logs this client's member in to the console of the node that answers, once. */
  public LoginLink loginLink() {
    return post("/v1/console/links", Map.of(), new TypeReference<>() {});
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

  /** The newest anchors of a contract, oldest first. */
  public List<AnchorInfo> anchors(String contract, int newest) {
    return get("/v1/contracts/" + contract + "/anchors?newest=" + newest, new TypeReference<>() {});
  }

  /** How far a training is, and each site in it. */
  public PerformanceInfo performance(String contract) {
    return get("/v1/contracts/" + contract + "/performance", new TypeReference<>() {});
  }

  /** Trainings, past and present. */
  public List<ExperimentInfo> experiments() {
    return get("/v1/experiments", new TypeReference<>() {});
  }

  /** A training by its name on the chain. */
  public ExperimentInfo experiment(String contract) {
    return get("/v1/experiments/" + segment(contract), new TypeReference<>() {});
  }

  /** Replaces the notes and tags of a training. */
  public ExperimentInfo note(String contract, NotesOrder order) {
    return send(
        "PUT", "/v1/experiments/" + segment(contract) + "/notes", order, new TypeReference<>() {});
  }

  /**
   * Writes the export of a training to a file; one that exists is overwritten.
   *
   * @param format csv, json or tensorboard
   */
  public void export(String contract, String format, Path file) {
    String path = "/v1/experiments/" + segment(contract) + "/export?format=" + segment(format);
    send(
        node -> HttpRequest.newBuilder(node.resolve(path)).timeout(PATIENCE).build(),
        NodeAnswers.toFileOrText(file));
  }

  /** All tasks in the order of their creation. */
  public List<TaskInfo> tasks() {
    return get("/v1/tasks", new TypeReference<>() {});
  }

  public TaskInfo task(String name) {
    return get("/v1/tasks/" + segment(name), new TypeReference<>() {});
  }

  /** The lines of a task's body, which the node has checked against the chain. */
  public TaskBodyInfo taskBody(String name) {
    return get("/v1/tasks/" + segment(name) + "/body", new TypeReference<>() {});
  }

  public List<TaskrunnerInfo> taskrunners() {
    return get("/v1/taskrunners", new TypeReference<>() {});
  }

  public TaskrunnerInfo taskrunner(String name) {
    return get("/v1/taskrunners/" + segment(name), new TypeReference<>() {});
  }

  /** Agents that serve a taskrunner, or take part in its present run. */
  public List<TaskAgentInfo> taskAgents(String taskrunner) {
    return get("/v1/taskrunners/" + segment(taskrunner) + "/agents", new TypeReference<>() {});
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  /** Acts from a block on, in the chain's order. */
  public List<AuditInfo> audit(long fromBlock) {
    return get("/v1/audit?from=" + fromBlock, new TypeReference<>() {});
  }

  /** What the node that answers has refused since it was started, the newest first. */
  public List<RefusalInfo> refusals() {
    return get("/v1/audit/refused", new TypeReference<>() {});
  }

  /** Becomes a member by an invitation; needs no certificate. */
  public EnrolmentAnswer enrol(EnrolmentRequest request) {
    return post("/v1/enrolments", request, new TypeReference<>() {});
  }

  /** What a newcomer is offered for the certificate that this client shows. */
  public AdmissionTerms admissionTerms() {
    return get("/v1/admissions", new TypeReference<>() {});
  }

  /** Becomes a member by the certificate that this client shows. */
  public EnrolmentAnswer admit(AdmissionRequest request) {
    return post("/v1/admissions", request, new TypeReference<>() {});
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
    return NodeAnswers.read(
        path,
        send(
            node -> HttpRequest.newBuilder(node.resolve(path)).timeout(PATIENCE).build(),
            BodyHandlers.ofByteArray()),
        type);
  }

  private <T> T post(String path, Object body, TypeReference<T> type) {
    return send("POST", path, body, type);
  }

  private <T> T send(String method, String path, Object body, TypeReference<T> type) {
    byte[] json = NodeAnswers.write(body);
    return NodeAnswers.read(
        path,
        send(
            node ->
                HttpRequest.newBuilder(node.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(json))
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
          throw NodeAnswers.refusal(nodes.get(index), answer);
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
}
