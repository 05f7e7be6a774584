package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberDirectory;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.identity.Identity;
import io.swarmstream.network.enrol.Funding;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.schemas.signing.SiteKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Makes processes of this machine members of the swarm: each with an account, a key bound to it,
 * and a role. From the role follow its rights in Kafka. Members of other organisations come by
 * invitation instead, so that their keys never leave them.
 */
final class OwnMembers {
  private static final Duration EXPIRES = Duration.ofHours(1);
  private static final int TOKEN_BYTES = 32;

  private final ChainClient admin;
  private final String organisation;

  /**
   * @param admin a client with the account of an admin of the swarm
   */
  OwnMembers(ChainClient admin, String organisation) {
    this.admin = admin;
    this.organisation = organisation;
  }

  /** Makes sure that an account is a member with this key; a member keeps its roles. */
  void ensure(SiteKey account, Identity identity, Role role) {
    MemberDirectory members = admin.members();
    Optional<Member> known = members.byAccount(account.address()).filter(Member::isActive);
    if (known.filter(member -> member.keyHash().equals(identity.keyHash())).isPresent()) {
      return;
    }
    SignedBinding binding =
        members.bindingText(account.address(), identity.keyHash(), "").signedBy(account);
    if (known.isPresent()) {
      var unused = admin.membership().bindKey(binding);
    } else {
      admit(binding, identity.name(), role);
      new Funding(admin, true).fund(members.byAccount(account.address()).orElseThrow());
    }
  }

  private void admit(SignedBinding binding, String name, Role role) {
    String token = RandomHex.ofBytes(TOKEN_BYTES);
    var unused =
        admin
            .membership()
            .invite(
                new InvitationOffer(
                    InvitationOffer.hashOf(token),
                    name,
                    organisation,
                    Set.of(role),
                    "",
                    0,
                    Instant.now().plus(EXPIRES),
                    false));
    unused = admin.membership().admit(token, binding, new byte[0]);
  }
}
