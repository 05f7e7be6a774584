package io.swarmstream.network.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.access.Right;
import io.swarmstream.network.members.SwarmSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows from the chain for Kafka; no broker is asked. */
class AccessKeeperTest {
  private static final String OLD = "aa".repeat(32);
  private static final String NEW = "bb".repeat(32);
  private static final String OTHER = "cc".repeat(32);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Set<String> revoked = new HashSet<>();
  private final AccessKeeper keeper =
      new AccessKeeper(KafkaEndpoint.of("127.0.0.1:1"), () -> now, revoked::contains);

  @AfterEach
  void close() {
    keeper.close();
  }

  private static Member member(String name, String key, MemberStatus status, Role role) {
    return new Member(account(name), name, "org", Set.of(role), status, 1, key, "", "");
  }

  private static String account(String name) {
    return "0x" + name.repeat(40);
  }

  /** Site a is enrolled in digits, site b in letters. */
  private static SwarmSnapshot swarm(Member... members) {
    return new SwarmSnapshot(
        List.of(members),
        List.of(),
        List.of(),
        Map.of(
            "digits", List.of(new Enrolment(account("a"), "a", 1)),
            "letters", List.of(new Enrolment(account("b"), "b", 1))));
  }

  /** The rights of a key to topics, as OPERATION topic. */
  private Set<String> topics(SwarmSnapshot swarm, String key) {
    return AccessRules.of(keeper.rules(swarm)).stream()
        .filter(right -> right.principal().equals("User:" + key))
        .filter(right -> right.kind() == Right.Kind.TOPIC)
        .map(right -> right.operation() + " " + right.name())
        .collect(Collectors.toSet());
  }

  private static Member site(String name, String key) {
    return member(name, key, MemberStatus.ACTIVE, Role.SITE);
  }

  @Test
  void aSiteWritesItsDeltasOnlyAndReadsNoneOfItsOwnOrAnotherContract() {
    SwarmSnapshot swarm = swarm(site("a", OLD), site("b", OTHER));

    assertThat(topics(swarm, OLD))
        .contains("WRITE digits.deltas", "READ digits.models", "READ digits.rounds")
        .doesNotContain("WRITE digits.models", "WRITE digits.rounds", "READ digits.deltas")
        .noneMatch(right -> right.contains("letters"));
  }

  @Test
  void whoMayNotActHasNoRight() {
    for (MemberStatus status :
        List.of(MemberStatus.PENDING, MemberStatus.SUSPENDED, MemberStatus.REMOVED)) {
      assertThat(topics(swarm(member("a", OLD, status, Role.SITE)), OLD))
          .as("%s", status)
          .isEmpty();
    }
  }

  @Test
  void aSiteThatIsNoMemberHasNoRight() {
    assertThat(topics(swarm(site("b", OTHER)), OLD)).isEmpty();
  }

  @Test
  void aFormerKeyKeepsItsRightsForAWhile() {
    assertThat(topics(swarm(site("a", OLD)), OLD)).isNotEmpty();
    assertThat(topics(swarm(site("a", NEW)), NEW)).isNotEmpty();
    assertThat(topics(swarm(site("a", NEW)), OLD)).isNotEmpty();
    now = now.plus(AccessKeeper.FORMER_KEY).plus(Duration.ofSeconds(1));
    assertThat(topics(swarm(site("a", NEW)), OLD)).isEmpty();
    assertThat(topics(swarm(site("a", NEW)), NEW)).isNotEmpty();
  }

  @Test
  void aRevokedKeyLosesThemAtOnce() {
    assertThat(topics(swarm(site("a", OLD)), OLD)).isNotEmpty();
    assertThat(topics(swarm(site("a", NEW)), OLD)).isNotEmpty();
    revoked.add(OLD);
    assertThat(topics(swarm(site("a", NEW)), OLD)).isEmpty();
  }

  @Test
  void theFormerKeyOfASuspendedMemberLosesThemAtOnce() {
    assertThat(topics(swarm(site("a", OLD)), OLD)).isNotEmpty();
    Member suspended = member("a", NEW, MemberStatus.SUSPENDED, Role.SITE);
    assertThat(topics(swarm(suspended), OLD)).isEmpty();
    assertThat(topics(swarm(suspended), NEW)).isEmpty();
  }

  @Test
  void anObserverChangesNothing() {
    assertThat(topics(swarm(member("o", OTHER, MemberStatus.ACTIVE, Role.OBSERVER)), OTHER))
        .isNotEmpty()
        .allMatch(right -> right.startsWith("READ ") || right.startsWith("DESCRIBE "));
  }
}
