package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.network.console.ConsoleLogins;
import io.swarmstream.network.console.ConsoleSession;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Credentials;
import io.swarmstream.web.Gate;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Admits active members, whom it knows by the key of their certificate. Which authority has issued
 * the certificate gives no right: TLS has checked that it is one of the swarm's.
 */
final class MemberGate implements Gate<Caller> {
  /** Entry of routes that newcomers use. */
  static final String OPEN = "anybody";

  /** Entry of routes that are for newcomers who show a certificate of one of the authorities. */
  static final String CERTIFIED = "anybody with a certificate of one of the swarm's authorities";

  /** Entry of all other routes. */
  static final String MEMBER = "member";

  /** Entry of routes that change something and that the console calls, too. */
  static final String CONSOLE = "member, also in the console";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final SnapshotKeeper swarm;
  private final ConsoleLogins logins;
  private final String wayIn;
  private final InstantSource clock;
  private long lookedAtNanos = System.nanoTime() - BETWEEN_LOOKS.toNanos();

  MemberGate(ConsoleParts node, InstantSource clock) {
    this.swarm = node.swarm();
    this.logins = node.logins();
    this.wayIn = node.own().wayIn();
    this.clock = clock;
  }

  @Override
  public Caller admit(ApiRoute<Caller> route, Credentials credentials) {
    List<X509Certificate> certificates = credentials.certificates();
    if (route.entry().equals(OPEN)) {
      return Caller.NEWCOMER;
    }
    if (!route.entry().equals(CERTIFIED)) {
      Optional<Caller> loggedIn = bySession(route, credentials);
      if (loggedIn.isPresent()) {
        return loggedIn.get();
      }
    }
    if (certificates.isEmpty()) {
      throw nothingShown(credentials);
    }
    X509Certificate leaf = certificates.get(0);
    checkDates(leaf);
    if (route.entry().equals(CERTIFIED)) {
      return new Caller(certificates);
    }
    Member member =
        find(leaf)
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        403,
                        "unknown-key",
                        "the certificate's key "
                            + KeyHash.of(leaf)
                            + " is bound to no member; bind it with the member's account, or"
                            + " enrol"));
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
    return new Caller(member);
  }

  private ApiProblem nothingShown(Credentials credentials) {
    return credentials.session() == null
        ? ApiProblem.of(401, "no-certificate", wayIn)
        : ApiProblem.of(
            401,
            "session-ended",
            "the session has ended; 'swarm console' prints a link that begins another one");
  }

  /**
   * The member that has logged in to the console. A session opens what reads, and of what changes
   * something the routes that say so: what programs do, such as calls of the chain and renewals of
   * certificates, needs the certificate itself.
   *
   * @return empty: there is no session, or the caller shows a certificate where it needs one
   */
  private Optional<Caller> bySession(ApiRoute<Caller> route, Credentials credentials) {
    @Nullable String cookie = credentials.session();
    Optional<ConsoleSession> session = cookie == null ? Optional.empty() : logins.find(cookie);
    Optional<Member> member = session.flatMap(logins::member);
    if (session.isEmpty() || member.isEmpty()) {
      return Optional.empty();
    }
    if (credentials.isChange() && !route.entry().equals(CONSOLE)) {
      if (!credentials.certificates().isEmpty()) {
        return Optional.empty();
      }
      throw ApiProblem.of(
          403,
          "certificate-needed",
          route.method()
              + " "
              + route.path()
              + " is not for the console; call it with the member's certificate");
    }
    if (credentials.isChange() && !credentials.isMarked()) {
      throw notMarked();
    }
    return Optional.of(new Caller(member.get(), session.get()));
  }

  static ApiProblem notMarked() {
    return ApiProblem.of(
        403,
        "not-marked",
        "the header "
            + Credentials.MARKER
            + ": 1 is missing, which the console's own pages send; another page may have made the"
            + " browser call");
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

  /** Whose certificate it is, by its key or its SPIFFE id. */
  static Optional<Member> find(X509Certificate leaf, SwarmSnapshot swarm) {
    Optional<Member> byKey = swarm.byKey(KeyHash.of(leaf));
    return byKey.isPresent() ? byKey : SpiffeName.of(leaf).flatMap(swarm::bySpiffeId);
  }
}
