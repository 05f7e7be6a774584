package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Set;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * What an admin offers to whoever brings a token.
 *
 * @param tokenHash {@link #hashOf} the secret token, 64 hex digits
 * @param contract training contract that the member is meant for; empty: none
 * @param maxWeight greatest weight to enrol the member with in that contract
 * @param expiresAt whole seconds count
 * @param needsApproval whether the member stays pending until an admin approves
 */
public record InvitationOffer(
    String tokenHash,
    String name,
    String organisation,
    Set<Role> roles,
    String contract,
    int maxWeight,
    Instant expiresAt,
    boolean needsApproval) {
  public InvitationOffer {
    roles = Set.copyOf(roles);
    expiresAt = Instant.ofEpochSecond(expiresAt.getEpochSecond());
  }

  /** Hash of a token, as SwarmMembers computes it: Keccak-256 of its UTF-8 bytes, 64 hex digits. */
  public static String hashOf(String token) {
    return Numeric.toHexStringNoPrefix(Hash.sha3(token.getBytes(UTF_8)));
  }
}
