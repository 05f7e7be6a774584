package io.swarmstream.clients.chain;

import java.time.Instant;

/**
 * An invitation as the smart contract SwarmMembers stores it.
 *
 * @param invitedBy account of the admin who sent it
 * @param account the member that was admitted with it; empty: not used yet
 */
public record Invitation(
    InvitationOffer offer, String invitedBy, boolean isCancelled, String account) {
  /** Whether it still admits somebody at this time. */
  public boolean isOpen(Instant now) {
    return account.isEmpty() && !isCancelled && now.isBefore(offer.expiresAt());
  }
}
