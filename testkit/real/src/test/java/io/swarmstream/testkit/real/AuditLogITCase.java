package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.AuditEvent;
import io.swarmstream.clients.chain.BoundKeys;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.schemas.hashing.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class AuditLogITCase {
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
  void tellsWhoDidWhatInTheOrderOfTheChain() {
    ChainClient node = swarm.join(1, "org-b-node", Role.NETWORK);
    String token = MemberChain.newToken();
    swarm.founder.membership().invite(swarm.offer(token, "hospital-b", Role.SITE, Role.OWNER));
    node.membership()
        .admit(token, swarm.binding(chain.key(2), MemberChain.keyHash("b")), new byte[0]);
    swarm
        .client(2)
        .administration()
        .createContract(
            chain.terms("c", swarm.founder.network()), DevChain.LAYOUT, swarm.address(0));
    swarm.founder.administration().enrolSite("c", swarm.address(2), "hospital-b", 1);
    // Relayed: the actor is who sent it.
    node.membership().bindKey(swarm.binding(chain.key(2), MemberChain.keyHash("b2")));
    swarm.founder.membership().remove(swarm.address(2));

    List<AuditEvent> acts = swarm.client(7).audit().all();

    assertThat(acts)
        .extracting(act -> act.actor() + " " + act.text())
        .containsExactly(
            swarm.address(0)
                + " admitted founder of org-a as admin, owner, site, agent, observer, network, job (active)",
            swarm.address(0) + " bound key " + MemberChain.keyHash("founder") + " to founder",
            swarm.address(0)
                + " added certificate authority "
                + MemberChain.keyHash("authority of org-a")
                + " of org-a",
            swarm.address(0) + " created task ROOTTASK (ROOT_TASK) by SWARMSTREAM",
            swarm.address(0)
                + " finalised task ROOTTASK with 0 lines and hash "
                + Hash.sha256().hex(),
            swarm.address(0) + " created taskrunner defaulttaskbb.taskdb.sml.hpe",
            swarm.address(0) + " invited org-b-node of org-b as network",
            swarm.address(0) + " admitted org-b-node of org-b as network (active)",
            swarm.address(0) + " bound key " + MemberChain.keyHash("org-b-node") + " to org-b-node",
            swarm.address(0) + " invited hospital-b of org-b as owner, site",
            swarm.address(1) + " admitted hospital-b of org-b as owner, site (active)",
            swarm.address(1) + " bound key " + MemberChain.keyHash("b") + " to hospital-b",
            swarm.address(2) + " created contract c with coordinator " + swarm.address(0),
            swarm.address(0) + " enrolled site hospital-b (" + swarm.address(2) + ") in contract c",
            swarm.address(1) + " bound key " + MemberChain.keyHash("b2") + " to hospital-b",
            swarm.address(0) + " removed hospital-b");
    assertThat(acts)
        .isSortedAccordingTo(
            Comparator.comparing(AuditEvent::block).thenComparing(AuditEvent::index));
    assertThat(acts).allSatisfy(act -> assertThat(act.transaction()).hasSize(66));
    assertThat(acts.get(0).time())
        .isBetween(
            Instant.now().minus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(400)));
    assertThat(acts.get(6).act()).isEqualTo("MemberInvited");
    assertThat(acts.get(6).details())
        .containsEntry("roles", "network")
        .containsEntry("needsApproval", "false");
  }

  @Test
  void tellsForWhomAndWithWhichKeyAtThatTime() {
    ChainClient node = swarm.join(1, "org-b-node", Role.NETWORK);
    BoundKeys keys = swarm.founder.boundKeys();
    keys.follow(swarm.founder.newestBlock());
    String token = MemberChain.newToken();
    swarm.founder.membership().invite(swarm.offer(token, "hospital-b", Role.SITE, Role.OWNER));
    node.membership()
        .admit(token, swarm.binding(chain.key(2), MemberChain.keyHash("b")), new byte[0]);
    swarm.client(2).membership().setDraft("with-the-first-key", "");
    node.membership().bindKey(swarm.binding(chain.key(2), MemberChain.keyHash("b2")));
    swarm.client(2).membership().setDraft("with-the-second-key", "");
    swarm.client(2).membership().bindKey(swarm.binding(chain.key(2), MemberChain.keyHash("b3")));
    swarm.client(2).membership().revokeKey(MemberChain.keyHash("b3"));
    swarm.client(2).membership().setDraft("without-a-key", "");

    List<AuditEvent> acts = swarm.client(7).audit().all();
    keys.follow(swarm.founder.newestBlock());
    BoundKeys replayedAtOnce = swarm.client(7).boundKeys();
    replayedAtOnce.follow(swarm.founder.newestBlock());

    assertThat(acts.subList(acts.size() - 9, acts.size()))
        .extracting(
            act -> act.act() + " for " + act.onBehalfOf().orElse("itself") + ", " + name(keys, act))
        .containsExactly(
            "MemberInvited for itself, founder",
            "MemberAdmitted for hospital-b, org-b-node",
            "KeyBound for hospital-b, org-b-node",
            "DraftSet for itself, b",
            "KeyBound for hospital-b, org-b-node",
            "DraftSet for itself, b2",
            "KeyBound for itself, b2",
            "KeyRevoked for itself, b3",
            "DraftSet for itself, none");
    assertThat(acts).allSatisfy(act -> assertThat(replayedAtOnce.of(act)).isEqualTo(keys.of(act)));
  }

  private static String name(BoundKeys keys, AuditEvent act) {
    String key = keys.of(act).orElse("");
    return Stream.of("founder", "org-b-node", "b", "b2", "b3")
        .filter(name -> MemberChain.keyHash(name).equals(key))
        .findFirst()
        .orElse("none");
  }

  @Test
  void canBeFollowedFromABlock() {
    long seen = swarm.founder.newestBlock();
    swarm.join(1, "hospital-b", Role.SITE);

    assertThat(swarm.founder.audit().events(seen + 1, swarm.founder.newestBlock()))
        .extracting(AuditEvent::act)
        .containsExactly("MemberInvited", "MemberAdmitted", "KeyBound");
  }

  @Test
  void namesCannotGiveOrdersToATerminal() {
    swarm.founder.membership().setDraft("a\u001b[2J{id}\nb", "");

    List<AuditEvent> acts = swarm.founder.audit().all();

    assertThat(acts.get(acts.size() - 1).text()).isEqualTo("wrote the draft a?[2J{id}?b");
  }

  @Test
  void worksWithoutMembers() {
    chain.newContract();

    List<AuditEvent> acts = chain.stranger.audit().all();

    assertThat(acts.get(0).act()).isEqualTo("ContractCreated");
    assertThat(acts.get(0).actor()).isEqualTo(chain.key(0).address());
  }
}
