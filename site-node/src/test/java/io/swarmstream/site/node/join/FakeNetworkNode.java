package io.swarmstream.site.node.join;

import io.swarmstream.clients.network.AuthorityInfo;
import io.swarmstream.clients.network.CertificateAnswer;
import io.swarmstream.clients.network.CertificateOrder;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network node of a swarm with one newcomer, with real certificates and no chain. */
final class FakeNetworkNode implements AutoCloseable {
  private static final String ADDRESS = "0x00000000000000000000000000000000000000";

  final CertificateAuthority authority;
  final List<EnrolmentRequest> enrolments = new ArrayList<>();
  final List<HeartbeatRequest> heartbeats = new ArrayList<>();
  final List<String> otherNodes = new ArrayList<>();
  final ApiServer server;

  /** How long certificates are valid. */
  Duration validity = CertificateAuthority.LEAF_VALIDITY;

  /** Of the newcomer, once it has enrolled. */
  String status = "active";

  /** Whether the next answer to an enrolment is lost, after it has taken effect. */
  boolean losesAnswer;

  FakeNetworkNode(Path folder) throws IOException {
    authority = CertificateAuthority.create(folder.resolve("authority"), "org-a");
    IdentityFolder identity = IdentityFolder.at(folder.resolve("identity"));
    identity.write(authority.issueFor("org-a", List.of("127.0.0.1")));
    server =
        ApiServer.start(
            new Place("127.0.0.1", 0),
            ReloadingTls.of(identity).context(),
            (route, credentials) -> {
              List<X509Certificate> certificates = credentials.certificates();
              X509Certificate leaf = certificates.isEmpty() ? null : certificates.get(0);
              return new Shown(leaf);
            },
            routes());
  }

  /** What a caller has shown. */
  private record Shown(@Nullable X509Certificate leaf) {}

  private List<ApiRoute<Shown>> routes() {
    return List.of(
        ApiRoute.<Shown>of("POST", "/v1/enrolments", "enrol", "Enrols.", "anybody", this::enrol)
            .takes(EnrolmentRequest.class),
        ApiRoute.<Shown>of("GET", "/v1/me", "me", "Says who calls.", "member", this::me),
        ApiRoute.<Shown>of(
                "POST", "/v1/certificates", "renew", "Renews a certificate.", "member", this::renew)
            .takes(CertificateOrder.class),
        ApiRoute.<Shown>of(
                "POST",
                "/v1/heartbeats",
                "alive",
                "Takes a heartbeat.",
                "member",
                call -> {
                  heartbeats.add(call.body(HeartbeatRequest.class));
                  return me(call);
                })
            .takes(HeartbeatRequest.class),
        ApiRoute.<Shown>of(
            "GET",
            "/v1/authorities",
            "authorities",
            "Lists the authorities.",
            "member",
            call ->
                List.of(
                    new AuthorityInfo(
                        "org-a",
                        Authorities.fingerprint(authority.certificate()),
                        Authorities.pem(List.of(authority.certificate()))))),
        ApiRoute.<Shown>of(
            "GET",
            "/v1/addresses",
            "addresses",
            "Says where the swarm is.",
            "member",
            call -> addresses()));
  }

  InvitationFile invitation(String name) {
    return InvitationFile.of(
        name,
        name,
        List.of("site"),
        null,
        Instant.now().plusSeconds(600),
        List.of(server.uri().toString()),
        1,
        ADDRESS + "01",
        List.of(Authorities.pem(List.of(authority.certificate()))),
        "token");
  }

  private EnrolmentAnswer enrol(ApiCall<Shown> call) {
    EnrolmentRequest request = call.body(EnrolmentRequest.class);
    enrolments.add(request);
    if (losesAnswer) {
      losesAnswer = false;
      throw ApiProblem.of(503, "lost", "the node has ended before it could answer");
    }
    String brought = request.certificate();
    return new EnrolmentAnswer(
        member(),
        brought == null ? issue(String.valueOf(request.certificateRequest())) : null,
        List.of("org-a"),
        List.of(Authorities.pem(List.of(authority.certificate()))),
        addresses(),
        null);
  }

  private CertificateAnswer renew(ApiCall<Shown> call) {
    return new CertificateAnswer(
        issue(call.body(CertificateOrder.class).certificateRequest()),
        List.of(Authorities.pem(List.of(authority.certificate()))));
  }

  private String issue(String pem) {
    return Authorities.pem(
        List.of(authority.issue(CertificateRequest.ofPem(pem), "hospital-b", List.of(), validity)));
  }

  private MemberInfo me(ApiCall<Shown> call) {
    X509Certificate leaf = call.caller().leaf();
    if (leaf == null || !KeyHash.of(leaf).equals(newest().certificateKey())) {
      throw ApiProblem.of(403, "unknown-key", "that key is bound to no member");
    }
    if (status.equals("pending")) {
      throw ApiProblem.of(403, "pending", "hospital-b is pending");
    }
    return member();
  }

  private MemberInfo member() {
    EnrolmentRequest newest = newest();
    return new MemberInfo(
        "hospital-b",
        "hospital-b",
        newest.account(),
        List.of("site"),
        status,
        newest.certificateKey(),
        null);
  }

  private EnrolmentRequest newest() {
    return enrolments.get(enrolments.size() - 1);
  }

  private SwarmAddresses addresses() {
    List<String> nodes = new ArrayList<>(List.of(server.uri().toString()));
    nodes.addAll(otherNodes);
    return new SwarmAddresses(
        nodes,
        "kafka.example:9093",
        ADDRESS + "02",
        ADDRESS + "03",
        ADDRESS + "01",
        4,
        ADDRESS + "04");
  }

  @Override
  public void close() {
    server.close();
  }
}
