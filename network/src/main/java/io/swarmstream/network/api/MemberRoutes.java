package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CERTIFIED;
import static io.swarmstream.network.api.MemberGate.MEMBER;
import static io.swarmstream.network.api.MemberGate.OPEN;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.clients.network.AdmissionTerms;
import io.swarmstream.clients.network.AuthorityInfo;
import io.swarmstream.clients.network.BindingRequest;
import io.swarmstream.clients.network.CertificateAnswer;
import io.swarmstream.clients.network.CertificateOrder;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.RotationRequest;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;

/** Routes about who belongs to the swarm. */
final class MemberRoutes {
  private final NodeParts node;

  MemberRoutes(NodeParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/members",
                "listMembers",
                "All members that ever were.",
                MEMBER,
                call -> node.swarm().newest().members().stream().map(Views::of).toList())
            .givesListOf(MemberInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/authorities",
                "listAuthorities",
                "The authorities whose certificates the swarm accepts.",
                MEMBER,
                call -> node.swarm().newest().authorities().stream().map(Views::of).toList())
            .givesListOf(AuthorityInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/enrolments",
                "enrol",
                "Becomes a member by an invitation; needs no certificate.",
                OPEN,
                call -> enrol(call.body(EnrolmentRequest.class)))
            .takes(EnrolmentRequest.class)
            .gives(EnrolmentAnswer.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/admissions",
                "getAdmissionTerms",
                "What a newcomer is offered for its certificate, if this node admits by"
                    + " certificate.",
                CERTIFIED,
                call -> node.byCertificate().terms(call.caller().shown()))
            .gives(AdmissionTerms.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/admissions",
                "admit",
                "Admits a member by its certificate, if this node admits by certificate.",
                CERTIFIED,
                call ->
                    answer(
                        node.byCertificate()
                            .admit(call.caller().shown(), call.body(AdmissionRequest.class))))
            .takes(AdmissionRequest.class)
            .gives(EnrolmentAnswer.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/bindings",
                "bindKey",
                "Binds another certificate key to the account that signed the request.",
                MEMBER,
                call -> bind(call.body(BindingRequest.class)))
            .takes(BindingRequest.class)
            .gives(MemberInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/rotations",
                "rotateAccount",
                "Moves a membership, with its places in contracts, to another account; both sign"
                    + " it.",
                MEMBER,
                call -> rotate(call.body(RotationRequest.class)))
            .takes(RotationRequest.class)
            .gives(MemberInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/certificates",
                "renewCertificate",
                "Issues a certificate for the member that calls.",
                MEMBER,
                this::renew)
            .takes(CertificateOrder.class)
            .gives(CertificateAnswer.class));
  }

  private EnrolmentAnswer enrol(EnrolmentRequest request) {
    return answer(node.admission().admit(request));
  }

  private EnrolmentAnswer answer(Admission.Admitted admitted) {
    return new EnrolmentAnswer(
        Views.of(admitted.member()),
        admitted.certificate(),
        node.swarm().newest().with(Role.ADMIN).stream().map(Member::name).toList(),
        authorities(),
        node.addresses().get(),
        admitted.member().roles().contains(Role.NETWORK)
            ? node.chainEntry().get().orElse(null)
            : null);
  }

  private MemberInfo bind(BindingRequest request) {
    try {
      var unused =
          node.chain()
              .membership()
              .bindKey(
                  new SignedBinding(
                      request.account(),
                      request.spiffeId() == null ? request.certificateKey() : "",
                      request.spiffeId() == null ? "" : request.spiffeId(),
                      request.signature()));
    } catch (ChainRefusalException e) {
      throw ApiProblem.of(409, "refused-by-the-chain", String.valueOf(e.getMessage())).because(e);
    }
    return member(request.account());
  }

  private MemberInfo member(String account) {
    return node.swarm()
        .refresh()
        .byAccount(account)
        .map(Views::of)
        .orElseThrow(() -> ApiProblem.of(404, "unknown-member", "there is no member " + account));
  }

  /** Can be repeated: what was moved already is not moved again. */
  private MemberInfo rotate(RotationRequest request) {
    ChainClient chain = node.chain();
    try {
      if (chain.members().successor(request.previousAccount()).isEmpty()) {
        var unused =
            chain
                .membership()
                .rotateAccount(
                    chain.members().rotationText(request.previousAccount(), request.account()),
                    request.previousSignature(),
                    request.signature());
      }
      for (String contract : chain.registry().names()) {
        if (chain.registry().sites(contract).stream()
            .anyMatch(site -> site.address().equals(request.previousAccount()))) {
          var unused =
              chain
                  .administration()
                  .rotateSite(contract, request.previousAccount(), request.account());
        }
      }
    } catch (ChainRefusalException e) {
      throw ApiProblem.of(409, "refused-by-the-chain", String.valueOf(e.getMessage())).because(e);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("account", String.valueOf(e.getMessage())).because(e);
    }
    return member(request.account());
  }

  private CertificateAnswer renew(ApiCall<Caller> call) {
    Member member = call.caller().member();
    return new CertificateAnswer(
        node.certifying()
            .renew(call.body(CertificateOrder.class).certificateRequest(), member.name()),
        authorities());
  }

  private List<String> authorities() {
    return node.swarm().newest().authorities().stream().map(found -> found.pem()).toList();
  }
}
