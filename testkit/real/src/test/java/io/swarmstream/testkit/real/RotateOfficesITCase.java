package io.swarmstream.testkit.real;

import static io.swarmstream.testkit.real.AdmitMemberITCase.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.CoordinatorTerm;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.RotationText;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** Owners, coordinators and sites change; in a swarm with members and in one without. */
@SuppressWarnings("NullAway.Init")
class RotateOfficesITCase {
  private static final String NOBODY = "0x" + "0".repeat(40);

  private final DevChain chain = DevChain.shared();
  private MemberChain swarm;

  @BeforeEach
  void found() {
    swarm = new MemberChain(chain);
  }

  @AfterEach
  void close() {
    swarm.close();
  }

  @Test
  void theOwnershipMovesInTwoSteps() {
    String name = chain.newContract();
    assertRefused(
        "NotOwner",
        () -> chain.stranger.administration().offerOwnership(name, chain.key(2).address()));
    assertRefused("NotOffered", () -> chain.stranger.administration().acceptOwnership(name));

    chain.owner.administration().offerOwnership(name, chain.key(2).address());
    assertThat(chain.owner.registry().owner(name)).contains(chain.key(0).address());
    assertRefused("NotOffered", () -> chain.coordinator.administration().acceptOwnership(name));
    chain.stranger.administration().acceptOwnership(name);

    assertThat(chain.owner.registry().owner(name)).contains(chain.key(2).address());
    assertRefused(
        "NotOwner", () -> chain.owner.administration().enrolSite(name, DevChain.site(1), "a", 1));
    chain.stranger.administration().enrolSite(name, DevChain.site(1), "a", 1);
    assertRefused("NotOffered", () -> chain.stranger.administration().acceptOwnership(name));
  }

  @Test
  void anOfferCanBeWithdrawn() {
    String name = chain.newContract();
    chain.owner.administration().offerOwnership(name, chain.key(2).address());
    chain.owner.administration().offerOwnership(name, NOBODY);
    chain.owner.administration().offerCoordinator(name, chain.key(2).address());
    chain.owner.administration().offerCoordinator(name, NOBODY);

    assertRefused("NotOffered", () -> chain.stranger.administration().acceptOwnership(name));
    assertRefused("NotOffered", () -> chain.stranger.administration().acceptCoordinator(name));
  }

  @Test
  void theCoordinationMovesInTwoStepsAndItsHistoryStays() {
    String name = chain.newContract();
    chain.coordinator.anchors().anchorRound(DevChain.anchor(name, 0, "record 0"));
    assertRefused(
        "NotOwner",
        () -> chain.coordinator.administration().offerCoordinator(name, chain.key(2).address()));

    chain.owner.administration().offerCoordinator(name, chain.key(2).address());
    chain.coordinator.anchors().anchorRound(DevChain.anchor(name, 1, "record 1"));
    chain.stranger.administration().acceptCoordinator(name);

    assertRefused(
        "NotCoordinator",
        () -> chain.coordinator.anchors().anchorRound(DevChain.anchor(name, 2, "record 2")));
    chain.stranger.anchors().anchorRound(DevChain.anchor(name, 2, "record 2"));
    assertThat(chain.owner.registry().coordinator(name)).contains(chain.key(2).address());
    List<CoordinatorTerm> terms = chain.owner.registry().coordinators(name);
    assertThat(terms)
        .extracting(CoordinatorTerm::account)
        .containsExactly(chain.coordinatorAddress(), chain.key(2).address());
    assertThat(terms.get(0).sinceBlock()).isLessThan(terms.get(1).sinceBlock());
    assertThat(chain.owner.registry().coordinators("nowhere")).isEmpty();
  }

  @Test
  void anotherAccountGetsTheSitesPlace() {
    String name = chain.newContract();
    for (int i = 1; i <= 3; i++) {
      chain.owner.administration().enrolSite(name, DevChain.site(i), "site-" + i, i);
    }
    assertRefused(
        "NotSuccessor",
        () -> chain.stranger.administration().rotateSite(name, DevChain.site(2), DevChain.site(9)));
    assertRefused(
        "SiteAlreadyEnrolled",
        () -> chain.owner.administration().rotateSite(name, DevChain.site(2), DevChain.site(3)));
    assertRefused(
        "SiteNotEnrolled",
        () -> chain.owner.administration().rotateSite(name, DevChain.site(8), DevChain.site(9)));

    chain.owner.administration().rotateSite(name, DevChain.site(2), DevChain.site(9));

    assertThat(chain.owner.registry().sites(name))
        .containsExactlyInAnyOrder(
            new Enrolment(DevChain.site(1), "site-1", 1),
            new Enrolment(DevChain.site(9), "site-2", 2),
            new Enrolment(DevChain.site(3), "site-3", 3));
    // The place is free for nobody else, and the former account may be removed no more.
    assertRefused(
        "SiteNameTaken",
        () -> chain.owner.administration().enrolSite(name, DevChain.site(2), "site-2", 2));
    chain.owner.administration().removeSite(name, DevChain.site(9));
    assertThat(chain.owner.registry().sites(name)).hasSize(2);
  }

  @Test
  void onlyMembersWithTheRoleCreateContracts() {
    ChainClient site = swarm.join(1, "hospital-b", Role.SITE, Role.JOB, Role.OBSERVER);
    ChainClient owner = swarm.join(2, "owner-b", Role.OWNER);
    assertRefused("MissingRole", () -> create(site, "c")).hasMessageContaining("the role owner");
    assertRefused("MissingRole", () -> create(swarm.client(5), "c"));
    create(owner, "c");
    swarm.founder.membership().suspend(swarm.address(2));
    assertRefused("MissingRole", () -> create(owner, "d"));
    assertRefused(
        "NotOwner", () -> owner.administration().enrolSite("c", DevChain.site(1), "a", 1));
  }

  @Test
  void adminsManageWhatAnOwnerLeaves() {
    ChainClient owner = swarm.join(2, "owner-b", Role.OWNER);
    ChainClient heir = swarm.join(3, "owner-c", Role.OWNER);
    ChainClient node = swarm.join(4, "node-b", Role.NETWORK, Role.SITE);
    create(owner, "c");
    assertRefused("NotOwner", () -> node.administration().enrolSite("c", DevChain.site(1), "a", 1));

    swarm.founder.administration().enrolSite("c", DevChain.site(1), "a", 1);
    swarm.founder.administration().removeSite("c", DevChain.site(1));
    swarm.founder.membership().remove(swarm.address(2));
    assertRefused(
        "NotOwner", () -> swarm.founder.administration().offerCoordinator("c", swarm.address(0)));
    swarm.founder.administration().offerOwnership("c", swarm.address(3));
    heir.administration().acceptOwnership("c");

    heir.administration().offerCoordinator("c", swarm.address(3));
    heir.administration().acceptCoordinator("c");
    assertThat(heir.registry().coordinator("c")).contains(swarm.address(3));
  }

  @Test
  void theSiteFollowsItsMembershipWhoeverSaysSo() {
    create(swarm.founder, "c");
    swarm.join(1, "hospital-b", Role.SITE);
    SiteKey previous = chain.key(1);
    SiteKey next = SiteKey.random();
    swarm.founder.administration().enrolSite("c", previous.address(), "hospital-b", 5);
    ChainClient anybody = swarm.client(6);
    assertRefused(
        "NotSuccessor",
        () -> anybody.administration().rotateSite("c", previous.address(), next.address()));
    RotationText text = anybody.members().rotationText(previous.address(), next.address());
    anybody.membership().rotateAccount(text, signature(text, previous), signature(text, next));

    anybody.administration().rotateSite("c", previous.address(), next.address());

    assertThat(anybody.registry().sites("c"))
        .containsExactly(new Enrolment(next.address(), "hospital-b", 5));
    assertThat(anybody.registry().enrolments("c")).hasSize(2);
    try (var log = new io.swarmstream.clients.chain.ChainEventLog(swarm.options)) {
      assertThat(log.events(swarm.options.startBlock(), log.newestBlock()))
          .extracting(ContractEvent::kind)
          .containsExactly(
              ContractEvent.Kind.CREATED,
              ContractEvent.Kind.SITE_ENROLLED,
              ContractEvent.Kind.SITE_REMOVED,
              ContractEvent.Kind.SITE_ENROLLED);
    }
  }

  private void create(ChainClient owner, String name) {
    owner
        .administration()
        .createContract(chain.terms(name, owner.network()), DevChain.LAYOUT, swarm.address(0));
  }

  private static String signature(RotationText text, SiteKey key) {
    return Numeric.toHexStringNoPrefix(key.sign(text.digest()));
  }
}
