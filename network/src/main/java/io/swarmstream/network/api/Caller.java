package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.web.ApiProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who calls.
 *
 * @param known the member; empty: a newcomer without a certificate
 */
public record Caller(Optional<Member> known) {
  static final Caller NEWCOMER = new Caller(Optional.empty());

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
