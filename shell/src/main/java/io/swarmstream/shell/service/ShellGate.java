package io.swarmstream.shell.service;

import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Credentials;
import io.swarmstream.web.Gate;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Admits the member whose shell it is, and active members that it allows by name. Nobody else: what
 * callers do is signed with the member's account.
 */
final class ShellGate implements Gate<ShellCaller> {
  /** What every route says. */
  static final String ALLOWED = "allowed member";

  /** A suspended member may still call for so long. */
  private static final Duration KNOWN = Duration.ofSeconds(2);

  private final Supplier<Identity> own;
  private final Supplier<List<MemberInfo>> swarm;
  private final Set<String> allowed;
  private final Clock clock;

  private List<MemberInfo> members = List.of();
  private Instant asked = Instant.MIN;

  /**
   * A gate.
   *
   * @param own of the member whose shell it is
   * @param swarm asks for the members
   * @param allowed names of other members
   */
  ShellGate(
      Supplier<Identity> own, Supplier<List<MemberInfo>> swarm, Set<String> allowed, Clock clock) {
    this.own = own;
    this.swarm = swarm;
    this.allowed = Set.copyOf(allowed);
    this.clock = clock;
  }

  @Override
  public ShellCaller admit(ApiRoute<ShellCaller> route, Credentials credentials) {
    List<X509Certificate> certificates = credentials.certificates();
    if (certificates.isEmpty()) {
      throw ApiProblem.of(
          401, "no-certificate", "show the certificate of a member that this shell allows");
    }
    X509Certificate leaf = certificates.get(0);
    checkDates(leaf);
    String key = KeyHash.of(leaf);
    if (key.equals(own.get().keyHash())) {
      return new ShellCaller("own", key);
    }
    if (allowed.isEmpty()) {
      throw refused("this shell serves its own member only; --allow MEMBER admits others");
    }
    MemberInfo member =
        find(leaf, key)
            .orElseThrow(() -> refused("the certificate's key " + key + " is bound to no member"));
    if (!allowed.contains(member.name())) {
      throw refused(
          member.name() + " is not allowed here; --allow " + member.name() + " admits it");
    }
    if (!member.status().equals("active")) {
      throw refused(member.name() + " is " + member.status() + "; an admin has to change that");
    }
    return new ShellCaller(member.name(), key);
  }

  private Optional<MemberInfo> find(X509Certificate leaf, String key) {
    Optional<String> spiffe = SpiffeName.of(leaf);
    return members().stream()
        .filter(
            member ->
                member.certificateKey().equals(key)
                    || spiffe.filter(id -> id.equals(member.spiffeId())).isPresent())
        .findFirst();
  }

  private synchronized List<MemberInfo> members() {
    Instant now = clock.instant();
    if (asked.isBefore(now.minus(KNOWN))) {
      try {
        members = swarm.get();
        asked = now;
      } catch (RuntimeException e) {
        throw ApiProblem.of(
                503, "unknown", "the members cannot be asked for now: " + e.getMessage())
            .because(e);
      }
    }
    return members;
  }

  /** TLS checks this when a connection is opened, but connections last. */
  private void checkDates(X509Certificate leaf) {
    try {
      leaf.checkValidity(Date.from(clock.instant()));
    } catch (GeneralSecurityException e) {
      throw ApiProblem.of(
              401, "certificate-expired", "the certificate is not valid now: " + e.getMessage())
          .because(e);
    }
  }

  private static ApiProblem refused(String why) {
    return ApiProblem.of(403, "not-allowed", why);
  }
}
