package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.clients.chain.UsedKeys;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.clients.network.AdmissionTerms;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.web.ApiProblem;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits whoever shows a certificate that ends at a registered authority, as a member of that
 * authority's organisation: what HPE Swarm Learning does for each certificate of an accepted
 * authority. TLS has checked that the newcomer has the certificate's key. The node invites and
 * admits in one step, so that the chain's log shows who let whom in.
 *
 * <p>A certificate admits once. Who was removed does not come back by it, and takes no name that
 * was ever a member's: people and policies know members by their names. The swarm's own authorities
 * issue certificates for members, who may order them for any key; so those that name a member, such
 * as one that has been removed, admit nobody.
 */
public final class CertificateAdmission {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateAdmission.class);
  private static final Duration IN_ONE_STEP = Duration.ofMinutes(10);
  private static final int TOKEN_BYTES = 32;

  private final Admission admission;
  private final ChainClient chain;
  private final UsedKeys used;
  private final NewcomerNames names;
  private final SnapshotKeeper swarm;
  private final CertificatePolicy policy;
  private final InstantSource clock;

  public CertificateAdmission(
      Admission admission,
      ChainClient chain,
      SnapshotKeeper swarm,
      CertificatePolicy policy,
      InstantSource clock) {
    this.admission = admission;
    this.chain = chain;
    this.used = chain.usedKeys();
    this.names = new NewcomerNames(swarm::newest);
    this.swarm = swarm;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * What a newcomer with this certificate is offered.
   *
   * @param shown leaf first
   * @throws ApiProblem when this node admits nobody by certificate, or not by this one
   */
  public AdmissionTerms terms(List<X509Certificate> shown) {
    BindingText any = chain.members().bindingText(chain.members().address(), "", "");
    return new AdmissionTerms(
        Authorities.name(shown.get(0)),
        organisation(shown),
        policy.roles().stream().map(Role::code).sorted().toList(),
        any.chainId(),
        any.swarmMembers());
  }

  /**
   * Admits a newcomer. Whoever was admitted and lost the answer may repeat the request.
   *
   * @param shown leaf first
   * @throws ApiProblem saying what is wrong with the certificate or the request
   */
  public Admission.Admitted admit(List<X509Certificate> shown, AdmissionRequest request) {
    String organisation = organisation(shown);
    Set<Role> roles = roles(request);
    String name = NewcomerNames.asked(shown.get(0), request);
    // What reads much of the chain comes first, so that no other newcomer waits for it.
    used.follow();
    var unused = swarm.refresh();
    synchronized (admission) { // its transactions are those of the same account
      Optional<Member> holder = holder(shown.get(0));
      if (holder.isPresent()) {
        return new Admission.Admitted(repeated(holder.get(), request), null);
      }
      SignedBinding binding = binding(shown.get(0), request);
      requireNeverBound(binding);
      names.requireFree(name);
      names.requireNoSpare(shown.get(0), anchor(shown));
      return new Admission.Admitted(invited(name, organisation, roles, binding), null);
    }
  }

  private String organisation(List<X509Certificate> shown) {
    if (!policy.isOpen()) {
      throw ApiProblem.of(
          403,
          "admission-closed",
          "this network node admits nobody by certificate: it was started without"
              + " --admit-certificates; ask its organisation for an invitation");
    }
    List<Authority> registered = swarm.newest().authorities();
    return anchor(shown)
        .map(Authorities::fingerprint)
        .flatMap(hash -> registered.stream().filter(it -> it.hash().equals(hash)).findFirst())
        .map(Authority::organisation)
        .orElseThrow(
            () ->
                ApiProblem.of(
                    403,
                    "unknown-authority",
                    "the certificate of "
                        + shown.get(0).getSubjectX500Principal()
                        + ", issued by "
                        + shown.get(0).getIssuerX500Principal()
                        + ", ends at none of the authorities that organisations have registered;"
                        + " have a network node register it"));
  }

  /** The registered authority at which a certificate ends. */
  private Optional<X509Certificate> anchor(List<X509Certificate> shown) {
    return Authorities.anchor(shown, Admission.certificates(swarm.newest()), clock.instant());
  }

  private Set<Role> roles(AdmissionRequest request) {
    Set<Role> wanted = EnumSet.noneOf(Role.class);
    try {
      request.roles().forEach(code -> wanted.add(Role.named(code)));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("roles", String.valueOf(e.getMessage())).because(e);
    }
    if (wanted.isEmpty()) {
      throw ApiProblem.badValue("roles", "roles is empty; ask for at least one, such as site");
    }
    if (!policy.roles().containsAll(wanted)) {
      throw ApiProblem.of(
          403,
          "role-not-admitted",
          "by certificate this node admits members with the roles "
              + codes(policy.roles())
              + ", asked for is "
              + codes(wanted)
              + "; ask for these, or for an invitation");
    }
    return wanted;
  }

  private static List<String> codes(Set<Role> roles) {
    return roles.stream().map(Role::code).sorted().toList();
  }

  private Optional<Member> holder(X509Certificate leaf) {
    Optional<Member> holder = chain.members().byKey(KeyHash.of(leaf));
    return holder.isPresent()
        ? holder
        : SpiffeName.of(leaf).flatMap(id -> chain.members().bySpiffeId(id));
  }

  private static Member repeated(Member holder, AdmissionRequest request) {
    if (!holder.account().equalsIgnoreCase(request.account())
        || (request.name() != null && !request.name().equals(holder.name()))) {
      throw ApiProblem.of(
          409,
          "key-bound",
          "the certificate's key is that of member "
              + holder.name()
              + " with account "
              + holder.account()
              + "; use that member's folder, or another certificate");
    }
    LOG.info("{} repeats its admission", holder.name());
    return holder;
  }

  private SignedBinding binding(X509Certificate leaf, AdmissionRequest request) {
    String spiffeId = SpiffeName.of(leaf).orElse("");
    String keyHash = spiffeId.isEmpty() ? KeyHash.of(leaf) : "";
    BindingText text;
    try {
      text = chain.members().bindingText(request.account(), keyHash, spiffeId);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("account", String.valueOf(e.getMessage())).because(e);
    }
    if (text.nonce() > 0) {
      throw ApiProblem.badValue(
          "account", "account " + request.account() + " is or was a member; join with a new one");
    }
    SignedBinding binding =
        new SignedBinding(request.account(), keyHash, spiffeId, request.signature());
    if (!Admission.isSigned(text, binding)) {
      throw ApiProblem.badValue(
          "signature",
          "signature is not that of account "
              + request.account()
              + " over its binding to "
              + keyHash
              + spiffeId
              + "; sign with the account's key");
    }
    return binding;
  }

  private void requireNeverBound(SignedBinding binding) {
    if (used.haveAny(binding.keyHash(), binding.spiffeId())) {
      throw ApiProblem.of(
          403,
          "key-was-bound",
          "the certificate's key was that of a member, who has another one now or was removed;"
              + " bring a certificate of a new key, or ask for an invitation");
    }
  }

  private Member invited(String name, String organisation, Set<Role> roles, SignedBinding binding) {
    String token = RandomHex.ofBytes(TOKEN_BYTES);
    InvitationOffer offer =
        new InvitationOffer(
            InvitationOffer.hashOf(token),
            name,
            organisation,
            roles,
            // Trainings have no list of sites at HPE: whoever is in the swarm takes part.
            roles.contains(Role.SITE) ? InvitationFile.ALL_CONTRACTS : "",
            policy.maxWeight(),
            clock.instant().plus(IN_ONE_STEP),
            false);
    MemberAct act;
    try {
      act = chain.membership().invite(offer);
    } catch (ChainRefusalException e) {
      throw ApiProblem.of(409, "refused-by-the-chain", String.valueOf(e.getMessage())).because(e);
    }
    if (!act.isDone()) {
      throw ApiProblem.of(
          409,
          "needs-admins",
          "the swarm wants "
              + act.needed()
              + " admins for a member with the roles "
              + codes(roles)
              + "; ask them for an invitation");
    }
    try {
      return admission.admitted(token, binding, new byte[0]);
    } catch (RuntimeException e) {
      cancel(offer);
      throw e;
    }
  }

  private void cancel(InvitationOffer offer) {
    try {
      var unused = chain.membership().cancelInvitation(offer.tokenHash());
    } catch (ChainException e) {
      // Nobody has the token, and it expires.
      LOG.warn("the invitation of {} stays open: {}", offer.name(), e.getMessage());
    }
  }
}
