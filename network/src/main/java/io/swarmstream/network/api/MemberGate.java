package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Gate;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Admits active members, whom it knows by the key of their certificate. Which authority has issued
 * the certificate gives no right: TLS has checked that it is one of the swarm's.
 */
final class MemberGate implements Gate<Caller> {
  /** Entry of routes that newcomers use. */
  static final String OPEN = "anybody";

  /** Entry of all other routes. */
  static final String MEMBER = "member";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final SnapshotKeeper swarm;
  private final InstantSource clock;
  private long lookedAtNanos = System.nanoTime() - BETWEEN_LOOKS.toNanos();

  MemberGate(SnapshotKeeper swarm, InstantSource clock) {
    this.swarm = swarm;
    this.clock = clock;
  }

  @Override
  public Caller admit(ApiRoute<Caller> route, List<X509Certificate> certificates) {
    if (route.entry().equals(OPEN)) {
      return Caller.NEWCOMER;
    }
    if (certificates.isEmpty()) {
      throw ApiProblem.of(
          401,
          "no-certificate",
          "this node serves members, who show a certificate; newcomers enrol with an invitation");
    }
    X509Certificate leaf = certificates.get(0);
    checkDates(leaf);
    Member member =
        find(leaf)
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        403,
                        "unknown-key",
                        "the certificate's key "
                            + KeyHash.of(leaf)
                            + " is bound to no member; bind it with the member's account, or enrol"));
    if (!member.isActive()) {
      throw ApiProblem.of(
          403,
          member.status() == MemberStatus.PENDING ? "pending" : "not-active",
          member.name()
              + " is "
              + member.status().code()
              + (member.status() == MemberStatus.PENDING
                  ? "; an admin has to approve it"
                  : "; an admin has to resume it"));
    }
    return new Caller(Optional.of(member));
  }

  /** TLS checks this when a connection is opened, but connections last. */
  private void checkDates(X509Certificate leaf) {
    try {
      leaf.checkValidity(Date.from(clock.instant()));
    } catch (GeneralSecurityException e) {
      throw ApiProblem.of(
              401,
              "certificate-expired",
              "the certificate is not valid now: " + e.getMessage() + "; renew it and reconnect")
          .because(e);
    }
  }

  private Optional<Member> find(X509Certificate leaf) {
    Optional<Member> found = find(leaf, swarm.newest());
    // The chain may know more than was read last; strangers must not make this node ask it often.
    return found.isEmpty() && mayLook() ? look(leaf) : found;
  }

  private Optional<Member> look(X509Certificate leaf) {
    try {
      return find(leaf, swarm.refresh());
    } catch (ChainException e) {
      return Optional.empty();
    }
  }

  private synchronized boolean mayLook() {
    long now = System.nanoTime();
    if (now - lookedAtNanos < BETWEEN_LOOKS.toNanos()) {
      return false;
    }
    lookedAtNanos = now;
    return true;
  }

  private static Optional<Member> find(X509Certificate leaf, SwarmSnapshot swarm) {
    Optional<Member> byKey = swarm.byKey(KeyHash.of(leaf));
    return byKey.isPresent() ? byKey : SpiffeName.of(leaf).flatMap(swarm::bySpiffeId);
  }
}
