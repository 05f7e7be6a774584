package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.console.ConsoleSession;
import io.swarmstream.web.ApiProblem;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who calls.
 *
 * @param known the member; empty: a newcomer
 * @param shown certificates that a newcomer shows, leaf first; empty where they do not matter
 * @param session of the console by which the member is known; empty: by its certificate
 */
public record Caller(
    Optional<Member> known, List<X509Certificate> shown, Optional<ConsoleSession> session) {
  static final Caller NEWCOMER = new Caller(List.of());

  Caller(Member member) {
    this(Optional.of(member), List.of(), Optional.empty());
  }

  Caller(List<X509Certificate> shown) {
    this(Optional.empty(), List.copyOf(shown), Optional.empty());
  }

  Caller(Member member, ConsoleSession session) {
    this(Optional.of(member), List.of(), Optional.of(session));
  }

  /** The member that calls; only on routes that are for members. */
  Member member() {
    return known.orElseThrow();
  }

  /**
   * Refuses whoever has none of the roles.
   *
   * @throws ApiProblem naming the roles
   */
  Member with(Role... any) {
    Member member = member();
    if (!member.has(any)) {
      throw ApiProblem.of(
          403,
          "missing-role",
          member.name()
              + " has the roles "
              + member.roles().stream().map(Role::code).sorted().toList()
              + "; this needs "
              + Arrays.stream(any).map(Role::code).collect(Collectors.joining(" or "))
              + ", which an admin gives");
    }
    return member;
  }
}
