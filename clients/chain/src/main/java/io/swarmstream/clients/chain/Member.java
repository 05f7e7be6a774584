package io.swarmstream.clients.chain;

import java.util.Arrays;
import java.util.Set;

/**
 * A member of the swarm as the smart contract SwarmMembers stores it.
 *
 * @param account 0x and 40 lower-case hex digits
 * @param nonce bindings and rotations that the account has signed; part of the next one's text
 * @param keyHash SHA-256 of the certificate's SubjectPublicKeyInfo, 64 hex digits; empty: none
 * @param spiffeId SPIFFE id of its certificates; empty: none
 * @param invitation hash of the token that the member was admitted with, 64 hex digits; empty for
 *     the founder
 */
public record Member(
    String account,
    String name,
    String organisation,
    Set<Role> roles,
    MemberStatus status,
    long nonce,
    String keyHash,
    String spiffeId,
    String invitation) {
  public Member {
    roles = Set.copyOf(roles);
  }

  public boolean isActive() {
    return status == MemberStatus.ACTIVE;
  }

  /** Whether the member is active and has at least one of these roles. */
  public boolean has(Role... any) {
    return isActive() && Arrays.stream(any).anyMatch(roles::contains);
  }

  /** Kafka's name for the member: its SPIFFE id, else its key's hash; empty: it has neither. */
  public String principal() {
    String id = spiffeId.isEmpty() ? keyHash : spiffeId;
    return id.isEmpty() ? "" : "User:" + id;
  }
}
