package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.signing.SiteKey;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void aMaskAndItsRolesAreTheSame() {
    assertThat(Role.maskOf(Set.of(Role.values()))).isEqualTo(127);
    assertThat(Role.ofMask(127)).containsExactly(Role.values());
    assertThat(Role.ofMask(Role.maskOf(Set.of(Role.SITE, Role.JOB))))
        .containsExactly(Role.SITE, Role.JOB);
    assertThat(Role.ofMask(1 << 20)).isEmpty();
  }

  @Test
  void saysWhichRolesThereAre() {
    assertThat(Role.named("network")).isEqualTo(Role.NETWORK);
    assertThatThrownBy(() -> Role.named("king"))
        .hasMessageContaining("\"king\"")
        .hasMessageContaining("admin, owner, site, agent, observer, network, job");
  }

  @Test
  void whatAnAccountSignsDependsOnEverything() {
    SiteKey key = SiteKey.ofSeed(1);
    String members = "0x" + "ab".repeat(20);
    String hash = "cd".repeat(32);
    BindingText text = new BindingText(7, members, key.address(), 0, hash, "");

    assertThat(
            Set.of(
                text.digest(),
                new BindingText(8, members, key.address(), 0, hash, "").digest(),
                new BindingText(7, key.address(), key.address(), 0, hash, "").digest(),
                new BindingText(7, members, members, 0, hash, "").digest(),
                new BindingText(7, members, key.address(), 1, hash, "").digest(),
                new BindingText(7, members, key.address(), 0, "", "").digest(),
                new BindingText(7, members, key.address(), 0, hash, "spiffe://a/b").digest()))
        .hasSize(7);
    assertThat(text.isSignedIn(text.signedBy(key))).isTrue();
    assertThat(
            new BindingText(7, members, key.address(), 1, hash, "").isSignedIn(text.signedBy(key)))
        .isFalse();
    assertThatThrownBy(() -> text.signedBy(SiteKey.ofSeed(2)))
        .hasMessageContaining(SiteKey.ofSeed(2).address());
  }

  @Test
  void anInvitationIsOpenUntilItExpiresIsCancelledOrUsed() {
    Instant end = Instant.ofEpochSecond(1000);
    InvitationOffer offer =
        new InvitationOffer("ab".repeat(32), "b", "org-b", Set.of(Role.SITE), "", 1, end, false);

    assertThat(new Invitation(offer, "0xa", false, "").isOpen(end.minusSeconds(1))).isTrue();
    assertThat(new Invitation(offer, "0xa", false, "").isOpen(end)).isFalse();
    assertThat(new Invitation(offer, "0xa", true, "").isOpen(Instant.EPOCH)).isFalse();
    assertThat(new Invitation(offer, "0xa", false, "0xb").isOpen(Instant.EPOCH)).isFalse();
  }
}
