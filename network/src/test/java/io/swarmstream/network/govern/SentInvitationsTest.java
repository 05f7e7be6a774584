package io.swarmstream.network.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentInvitationsTest {
  private final List<String> open = new ArrayList<>();
  private int needed = 1;

  private final SentInvitations invitations =
      new SentInvitations(
          offer -> {
            open.add(offer.tokenHash());
            return new MemberAct("0x1", 1, needed);
          },
          open::remove);

  private static InvitationOffer offer(String name) {
    return new InvitationOffer(
        InvitationOffer.hashOf(name),
        name,
        "org",
        Set.of(Role.SITE),
        "",
        1,
        Instant.parse("2026-01-01T00:00:00Z"),
        false);
  }

  @Test
  void whatWasSentIsCancelledWhenALaterOneFails() {
    invitations.send(offer("host-1"));
    invitations.send(offer("host-1-0"));
    assertThat(open).hasSize(2);

    RuntimeException failure = new IllegalStateException("the name host-1-1 is taken");

    assertThat(invitations.cancelled(failure)).isSameAs(failure);
    assertThat(open).isEmpty();
  }

  @Test
  void oneThatWaitsForOtherAdminsIsAFailure() {
    needed = 2;

    assertThatThrownBy(() -> invitations.send(offer("host-1")))
        .hasMessageContaining("the swarm wants 2 admins");
  }

  @Test
  void saysWhichStayOpen() {
    SentInvitations broken =
        new SentInvitations(
            offer -> new MemberAct("0x1", 1, 1),
            hash -> {
              throw new IllegalStateException("no network node answers");
            });
    broken.send(offer("host-1"));

    assertThat(broken.cancelled(new IllegalStateException("the disk is full")))
        .hasMessage(
            "the disk is full; the invitations of host-1 stay open until 2026-01-01T00:00:00Z, but"
                + " nobody has their tokens");
  }
}
