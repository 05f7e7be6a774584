package io.swarmstream.network.govern;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.schemas.signing.RandomHex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invites members: puts offers on the chain, and makes the files that invited members join with.
 */
public final class Inviting {
  private static final int TOKEN_BYTES = 32;

  private final ChainClient chain;
  private final List<String> nodes;

  /**
   * Invites by this client's account.
   *
   * @param nodes URLs of network nodes that invited members ask, the nearest first
   */
  public Inviting(ChainClient chain, List<String> nodes) {
    this.chain = chain;
    this.nodes = List.copyOf(nodes);
  }

  /** A secret for {@link InvitationOffer#hashOf}. */
  public static String newToken() {
    return RandomHex.ofBytes(TOKEN_BYTES);
  }

  /**
   * Invites a member.
   *
   * @param contract that the future site is enrolled in; null: none
   * @param token whose hash the offer has
   * @throws IllegalStateException when several admins would have to agree
   */
  public InvitationFile invite(InvitationOffer offer, @Nullable String contract, String token) {
    SentInvitations sent = sent();
    try {
      sent.send(offer);
      return file(offer, contract, token);
    } catch (RuntimeException e) {
      throw sent.cancelled(e);
    }
  }

  /** Sends offers that belong together. */
  public SentInvitations sent() {
    return new SentInvitations(chain.membership()::invite, chain.membership()::cancelInvitation);
  }

  /**
   * The file for an offer that is on the chain.
   *
   * @param contract that the future site is enrolled in; null: none
   * @param token whose hash the offer has
   */
  public InvitationFile file(InvitationOffer offer, @Nullable String contract, String token) {
    return InvitationFile.of(
        offer.name(),
        offer.organisation(),
        offer.roles().stream().map(Role::code).sorted().toList(),
        contract,
        offer.expiresAt(),
        nodes,
        chain.members().bindingText(chain.members().address(), "", "").chainId(),
        chain.members().address(),
        chain.members().authorities().stream()
            .filter(authority -> !authority.isRevoked())
            .map(Authority::pem)
            .toList(),
        token);
  }
}
