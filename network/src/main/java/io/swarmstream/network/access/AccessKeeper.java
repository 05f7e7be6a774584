package io.swarmstream.network.access;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.clients.kafka.access.AccessList;
import io.swarmstream.clients.kafka.access.Right;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.processes.BackgroundThread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka's access list equal to {@link AccessRules}: after each change of the swarm, and once
 * in a while in case somebody else has changed the list.
 *
 * <p>A member that binds another key keeps the rights of the former one for a while, because
 * connections that were opened with it know the member by it until they end.
 */
public final class AccessKeeper implements AutoCloseable {
  /** How long a former key keeps its rights, unless it was revoked or its member suspended. */
  static final Duration FORMER_KEY = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(AccessKeeper.class);
  private static final Duration REPEAT = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final String USER = "User:";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaEndpoint kafka;
  private final InstantSource clock;
  private final Predicate<String> isRevoked;
  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final Map<String, Former> former = new HashMap<>();
  private final Map<String, String> present = new HashMap<>();
  private final BackgroundThread work = new BackgroundThread("kafka-access");
  private volatile @Nullable SwarmSnapshot wanted;
  private volatile @Nullable String problem = "the access list has not been set yet";

  /** A key that a member has replaced. */
  private record Former(String principal, Instant until) {}

  /**
   * A keeper that sets nothing before it is told of a swarm.
   *
   * @param isRevoked whether a key, given by its hash, was revoked
   */
  public AccessKeeper(KafkaEndpoint kafka, InstantSource clock, Predicate<String> isRevoked) {
    this.kafka = kafka;
    this.clock = clock;
    this.isRevoked = isRevoked;
    work.every(REPEAT, this::set);
  }

  /** Sets the list according to this state of the swarm, soon. */
  public void follow(SwarmSnapshot swarm) {
    wanted = swarm;
    work.execute(this::set);
  }

  /** What keeps it from setting the list at present. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void set() {
    SwarmSnapshot swarm = wanted;
    if (swarm == null) {
      return;
    }
    Set<Right> rights = AccessRules.of(rules(swarm));
    try (AccessList list = AccessList.of(kafka, PATIENCE)) {
      AccessList.Change change = list.set(rights, AccessRules::manages);
      if (change.added() + change.removed() > 0) {
        LOG.info(
            "Kafka's access list: {} rights given, {} taken", change.added(), change.removed());
      }
      problem = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      problem = e.getMessage();
      warning.say("Kafka's access list is not up to date: " + e.getMessage());
      work.after(RETRY, this::set);
    }
  }

  /** The swarm by principals, former keys included. */
  AccessRules.Swarm rules(SwarmSnapshot swarm) {
    noteKeys(swarm);
    Map<String, Set<String>> sites = new TreeMap<>();
    swarm
        .sites()
        .forEach(
            (contract, enrolled) -> {
              Set<String> principals = new HashSet<>();
              for (Enrolment site : enrolled) {
                swarm
                    .byAccount(site.address())
                    .filter(Member::isActive)
                    .ifPresent(member -> principals.addAll(principals(member)));
              }
              sites.put(contract, principals);
            });
    return new AccessRules.Swarm(
        sites,
        principals(swarm.with(Role.JOB)),
        principals(swarm.with(Role.OBSERVER, Role.ADMIN, Role.OWNER)),
        principals(swarm.with(Role.NETWORK)));
  }

  private Set<String> principals(List<Member> members) {
    Set<String> all = new HashSet<>();
    members.forEach(member -> all.addAll(principals(member)));
    return all;
  }

  private Set<String> principals(Member member) {
    Set<String> all = new HashSet<>();
    if (!member.principal().isEmpty()) {
      all.add(member.principal());
    }
    Former before = former.get(member.name());
    if (before != null
        && before.until().isAfter(clock.instant())
        && !isRevoked.test(before.principal().substring(USER.length()))) {
      all.add(before.principal());
    }
    return all;
  }

  /** By name, which stays when a member moves to another account. */
  private void noteKeys(SwarmSnapshot swarm) {
    for (Member member : swarm.members()) {
      if (!member.isActive()) {
        former.remove(member.name());
        present.remove(member.name());
        continue;
      }
      String before = present.put(member.name(), member.principal());
      if (before != null && !before.isEmpty() && !before.equals(member.principal())) {
        former.put(member.name(), new Former(before, clock.instant().plus(FORMER_KEY)));
      }
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
