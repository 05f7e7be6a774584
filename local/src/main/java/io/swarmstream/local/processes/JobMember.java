package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberDirectory;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.identity.Identity;
import io.swarmstream.schemas.signing.SiteKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The main job as a member of the swarm: its account is the coordinator's, its key that of its
 * identity, its role {@code job}. From that follow its rights in Kafka.
 */
final class JobMember {
  private static final Duration EXPIRES = Duration.ofHours(1);
  private static final int TOKEN_BYTES = 32;

  private final SiteKey coordinator;
  private final Identity identity;

  JobMember(SiteKey coordinator, Identity identity) {
    this.coordinator = coordinator;
    this.identity = identity;
  }

  /**
   * Makes sure that the job is a member with its present key.
   *
   * @param admin a client with the account of an admin
   */
  void ensure(ChainClient admin, String organisation) {
    MemberDirectory members = admin.members();
    Optional<Member> known = members.byAccount(coordinator.address());
    if (known
        .filter(job -> job.isActive() && job.keyHash().equals(identity.keyHash()))
        .isPresent()) {
      return;
    }
    SignedBinding binding =
        members.bindingText(coordinator.address(), identity.keyHash(), "").signedBy(coordinator);
    if (known.filter(Member::isActive).isPresent()) {
      admin.membership().bindKey(binding);
      return;
    }
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    admin
        .membership()
        .invite(
            new InvitationOffer(
                InvitationOffer.hashOf(token),
                identity.name(),
                organisation,
                Set.of(Role.JOB),
                "",
                0,
                Instant.now().plus(EXPIRES),
                false));
    admin.membership().admit(token, binding, new byte[0]);
  }
}
