package io.swarmstream.network.govern;

import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.MemberAct;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Invitations that belong together: all of them are sent, or none stays open. */
public final class SentInvitations {
  private final Function<InvitationOffer, MemberAct> invite;
  private final Consumer<String> cancel;
  private final List<InvitationOffer> sent = new ArrayList<>();

  /**
   * Sends by these two acts.
   *
   * @param cancel takes the hash of an invitation's token
   */
  public SentInvitations(Function<InvitationOffer, MemberAct> invite, Consumer<String> cancel) {
    this.invite = invite;
    this.cancel = cancel;
  }

  /**
   * Sends one.
   *
   * @throws IllegalStateException when other admins would have to agree
   */
  public void send(InvitationOffer offer) {
    MemberAct act = invite.apply(offer);
    if (!act.isDone()) {
      throw new IllegalStateException(
          "the swarm wants "
              + act.needed()
              + " admins for an invitation with these roles, and each would make another token;"
              + " lower the threshold for a moment, or invite without the roles admin and network"
              + " and give them later: 'swarm network roles'");
    }
    sent.add(offer);
  }

  /**
   * Cancels what was sent, because the rest failed.
   *
   * @return the failure to throw: the given one, unless some invitations stay open
   */
  public RuntimeException cancelled(RuntimeException failure) {
    List<String> open = new ArrayList<>();
    for (InvitationOffer offer : sent) {
      try {
        cancel.accept(offer.tokenHash());
      } catch (RuntimeException e) {
        open.add(offer.name());
        failure.addSuppressed(e);
      }
    }
    return open.isEmpty()
        ? failure
        : new IllegalStateException(
            failure.getMessage()
                + "; the invitations of "
                + String.join(", ", open)
                + " stay open until "
                + sent.get(0).expiresAt()
                + ", but nobody has their tokens",
            failure);
  }
}
