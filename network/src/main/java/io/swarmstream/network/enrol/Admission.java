package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Invitation;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.clients.network.EnrolmentRequest;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits who brings an invitation. Checks here what the smart contract cannot: that the newcomer
 * has the key it binds, and that its certificate is good. One at a time, because the transactions
 * are those of one account.
 */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final ChainClient chain;
  private final SnapshotKeeper swarm;
  private final Certifying certifying;
  private final SiteEnrolment enrolment;
  private final Funding funding;
  private final InstantSource clock;

  /**
   * A newcomer that was admitted.
   *
   * @param certificate PEM of the certificate that was issued; null: it brought its own
   */
  public record Admitted(Member member, @Nullable String certificate) {}

  public Admission(
      ChainClient chain,
      SnapshotKeeper swarm,
      Certifying certifying,
      SiteEnrolment enrolment,
      Funding funding,
      InstantSource clock) {
    this.chain = chain;
    this.swarm = swarm;
    this.certifying = certifying;
    this.enrolment = enrolment;
    this.funding = funding;
    this.clock = clock;
  }

  /**
   * Admits a newcomer. Whoever was admitted and lost the answer may repeat the request: the same
   * account with the same key gets a certificate again.
   *
   * @throws ApiProblem naming what is wrong with the invitation or the request
   */
  public synchronized Admitted admit(EnrolmentRequest request) {
    Invitation invitation = known(request.token());
    Optional<Member> admitted = repeated(invitation, request);
    if (admitted.isEmpty()) {
      requireOpen(invitation);
    }
    InvitationOffer offer = invitation.offer();
    BindingText text = text(request, admitted.isPresent());
    SignedBinding binding =
        new SignedBinding(
            request.account(),
            request.spiffeId() == null ? request.certificateKey() : "",
            request.spiffeId() == null ? "" : request.spiffeId(),
            request.signature());
    if (!isSigned(text, binding)) {
      throw ApiProblem.badValue(
          "signature",
          "signature is not that of account "
              + request.account()
              + " over its binding to key "
              + request.certificateKey()
              + "; sign with the account's key");
    }
    CertificateRequest certificate =
        certifying.checked(request.certificateRequest(), request.certificateKey());
    List<X509Certificate> brought = authority(request, offer);
    requireSpiffeId(request);
    String issued = null;
    if (request.certificate() == null) {
      issued = certifying.issue(certificate, offer.name());
    } else {
      Certifying.check(request.certificate(), request.certificateKey(), trusted(brought));
    }
    if (admitted.isPresent()) {
      LOG.info("{} repeats its enrolment", admitted.get().name());
      return new Admitted(admitted.get(), issued);
    }
    byte[] authority = brought.isEmpty() ? new byte[0] : Authorities.der(brought.get(0));
    return new Admitted(admitted(request.token(), binding, authority), issued);
  }

  /** Admits whoever has passed the checks, and gives it what its membership entails. */
  synchronized Member admitted(String token, SignedBinding binding, byte[] authority) {
    try {
      var unused = chain.membership().admit(token, binding, authority);
    } catch (ChainRefusalException e) {
      throw ApiProblem.of(409, "refused-by-the-chain", String.valueOf(e.getMessage())).because(e);
    }
    Member member = chain.members().byAccount(binding.account()).orElseThrow();
    LOG.info(
        "admitted {} of {} as {} ({})",
        member.name(),
        member.organisation(),
        member.roles(),
        member.status());
    if (member.isActive()) {
      funding.fund(member);
      enrolment.enrolInvited(member);
    }
    var unused = swarm.refresh();
    return member;
  }

  private Invitation known(String token) {
    return chain
        .members()
        .invitation(InvitationOffer.hashOf(token))
        .orElseThrow(
            () ->
                ApiProblem.of(
                    403,
                    "unknown-invitation",
                    "this swarm knows no such invitation; ask for another one"));
  }

  /** The member that this very request has made before. */
  private Optional<Member> repeated(Invitation invitation, EnrolmentRequest request) {
    if (invitation.account().isEmpty()
        || !invitation.account().equalsIgnoreCase(request.account())) {
      return Optional.empty();
    }
    return chain
        .members()
        .byAccount(invitation.account())
        .filter(member -> member.isActive() || member.status() == MemberStatus.PENDING)
        .filter(
            member ->
                request.spiffeId() == null
                    ? member.keyHash().equals(request.certificateKey())
                    : member.spiffeId().equals(request.spiffeId()));
  }

  private void requireOpen(Invitation invitation) {
    if (!invitation.account().isEmpty()) {
      throw ApiProblem.of(
          409,
          "invitation-used",
          "the invitation of "
              + invitation.offer().name()
              + " was used by account "
              + invitation.account()
              + "; if that was not you, tell the organisation that invited you at once");
    }
    if (!invitation.isOpen(clock.instant())) {
      throw ApiProblem.of(
          410,
          "invitation-closed",
          invitation.isCancelled()
              ? "the invitation was cancelled; ask for another one"
              : "the invitation expired at "
                  + invitation.offer().expiresAt()
                  + "; ask for another one");
    }
  }

  /** What a newcomer has to sign: the first binding of an account, whose number is 0. */
  private BindingText text(EnrolmentRequest request, boolean isRepeated) {
    BindingText now;
    try {
      now =
          request.spiffeId() == null
              ? chain.members().bindingText(request.account(), request.certificateKey(), "")
              : chain.members().bindingText(request.account(), "", request.spiffeId());
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("account", String.valueOf(e.getMessage())).because(e);
    }
    if (now.nonce() > 0 && !isRepeated) {
      throw ApiProblem.badValue(
          "account", "account " + request.account() + " was a member before; join with a new one");
    }
    return new BindingText(
        now.chainId(), now.swarmMembers(), now.account(), 0, now.keyHash(), now.spiffeId());
  }

  static boolean isSigned(BindingText text, SignedBinding binding) {
    try {
      return text.isSignedIn(binding);
    } catch (RuntimeException e) {
      // Not hexadecimal, or of another length.
      return false;
    }
  }

  /** Else a newcomer could take the name of another workload. */
  private static void requireSpiffeId(EnrolmentRequest request) {
    String wanted = request.spiffeId();
    if (wanted == null) {
      return;
    }
    String pem = request.certificate();
    Optional<String> found =
        pem == null
            ? Optional.empty()
            : SpiffeName.of(Authorities.ofPem(pem, "certificate").get(0));
    if (!found.equals(Optional.of(wanted))) {
      throw ApiProblem.badValue(
          "spiffeId",
          "spiffeId is "
              + wanted
              + ", and the certificate has "
              + found.orElse("none")
              + "; send the certificate that has this id");
    }
  }

  private static List<X509Certificate> authority(EnrolmentRequest request, InvitationOffer offer) {
    String pem = request.authority();
    if (pem == null) {
      return List.of();
    }
    if (!offer.roles().contains(Role.NETWORK)) {
      throw ApiProblem.badValue(
          "authority",
          "authority is given, but the invitation of "
              + offer.name()
              + " lacks the role network; have your organisation's network node register it");
    }
    try {
      List<X509Certificate> brought = Authorities.ofPem(pem, "authority");
      brought.forEach(Authorities::check);
      return brought;
    } catch (IdentityException e) {
      throw ApiProblem.badValue("authority", "authority: " + e.getMessage()).because(e);
    }
  }

  private List<X509Certificate> trusted(List<X509Certificate> brought) {
    List<X509Certificate> trusted = new ArrayList<>(brought);
    trusted.addAll(certificates(swarm.newest()));
    return trusted;
  }

  /** The authorities that the swarm trusts. */
  public static List<X509Certificate> certificates(SwarmSnapshot swarm) {
    List<X509Certificate> all = new ArrayList<>();
    for (Authority authority : swarm.authorities()) {
      all.addAll(Authorities.ofPem(authority.pem(), "authority of " + authority.organisation()));
    }
    return all;
  }
}
