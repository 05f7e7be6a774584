package io.swarmstream.network.console;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who is logged in to the console of this node. A session is a member's for as long as the member
 * is active and has the key that asked for the link. Nothing outlives the node's process. Safe for
 * use by many threads.
 */
public final class ConsoleLogins {
  static final int MOST = 1_000;
  static final int MOST_OF_A_MEMBER = 20;

  private final Supplier<SwarmSnapshot> swarm;
  private final InstantSource clock;
  private final LoginLinks links;
  private final Function<Member, String> proof;

  /** By the hash of the cookie's value, the oldest first. */
  private final Map<String, ConsoleSession> sessions = new LinkedHashMap<>();

  /**
   * A link that logs in once.
   *
   * @param token goes to the member, and is kept nowhere
   */
  public record Link(String token, Instant expiresAt) {}

  /**
   * A session that has begun.
   *
   * @param cookie goes to the browser, and is kept nowhere
   */
  public record Begun(ConsoleSession session, Member member, String cookie) {}

  /**
   * Starts without a session.
   *
   * @param swarm says who is a member, and with which key
   */
  public ConsoleLogins(Supplier<SwarmSnapshot> swarm, InstantSource clock) {
    this(swarm, clock, LoginLinks.VALID, Member::principal);
  }

  private ConsoleLogins(
      Supplier<SwarmSnapshot> swarm,
      InstantSource clock,
      Duration valid,
      Function<Member, String> proof) {
    this.swarm = swarm;
    this.clock = clock;
    this.proof = proof;
    this.links = new LoginLinks(clock, valid);
  }

  /**
   * Those of a swarm whose owner has no certificate. Links last for half a day: the terminal shows
   * one when the swarm starts, to whoever started it.
   */
  public static ConsoleLogins withoutCertificates(
      Supplier<SwarmSnapshot> swarm, InstantSource clock) {
    return new ConsoleLogins(swarm, clock, LoginLinks.VALID_LOCALLY, Member::account);
  }

  /** Makes a link for a member that has shown its certificate. */
  public Link link(Member member) {
    LoginLinks.Made made = links.open(member.account(), proof.apply(member));
    return new Link(made.token(), made.expiresAt());
  }

  /**
   * Begins a session with a link's token.
   *
   * @throws ApiProblem when the link cannot be used, or its member may not act any more
   */
  public Begun begin(String token) {
    LoginLinks.Open link = links.use(token);
    String cookie = Secrets.next();
    ConsoleSession session =
        new ConsoleSession(
            Secrets.hashOf(cookie), link.account(), link.principal(), clock.instant());
    Member member =
        memberOf(session)
            .orElseThrow(
                () ->
                    ApiProblem.of(
                        403,
                        "not-active",
                        "the member that asked for this link is not active any more, or has"
                            + " another key; 'swarm network members' shows its status, and an admin changes it"));
    keep(session);
    return new Begun(session, member, cookie);
  }

  private synchronized void keep(ConsoleSession session) {
    dropEnded();
    List<String> own = new ArrayList<>();
    sessions
        .values()
        .forEach(
            known -> {
              if (known.account().equals(session.account())) {
                own.add(known.id());
              }
            });
    if (own.size() >= MOST_OF_A_MEMBER) {
      sessions.remove(own.get(0));
    }
    if (sessions.size() >= MOST) {
      Iterator<ConsoleSession> oldest = sessions.values().iterator();
      oldest.next();
      oldest.remove();
    }
    sessions.put(session.id(), session);
  }

  private void dropEnded() {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> !session.ends().isAfter(now));
  }

  /** The session of a cookie that a caller shows, whose time to be idle begins again. */
  public Optional<ConsoleSession> find(String cookie) {
    Optional<ConsoleSession> found;
    synchronized (this) {
      found = Optional.ofNullable(sessions.get(Secrets.hashOf(cookie)));
    }
    found = found.filter(session -> member(session).isPresent());
    found.ifPresent(session -> session.touch(clock.instant()));
    return found;
  }

  /** The member of a session; empty: the session has ended. */
  public Optional<Member> member(ConsoleSession session) {
    synchronized (this) {
      if (!sessions.containsKey(session.id())) {
        return Optional.empty();
      }
    }
    Optional<Member> member =
        session.ends().isAfter(clock.instant()) ? memberOf(session) : Optional.empty();
    if (member.isEmpty()) {
      end(session);
    }
    return member;
  }

  private Optional<Member> memberOf(ConsoleSession session) {
    return swarm
        .get()
        .byAccount(session.account())
        .filter(Member::isActive)
        .filter(
            member ->
                !proof.apply(member).isEmpty() && proof.apply(member).equals(session.principal()));
  }

  /** Ends a session. */
  public synchronized void end(ConsoleSession session) {
    sessions.remove(session.id());
  }

  synchronized int size() {
    return sessions.size();
  }
}
