package io.swarmstream.network.access;

import io.swarmstream.clients.kafka.access.Right;
import io.swarmstream.clients.kafka.log.HeartbeatLog;
import io.swarmstream.clients.kafka.log.NoteLog;
import io.swarmstream.schemas.wire.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may do what in Kafka, as it follows from the chain. Whoever is not named here may do nothing.
 */
public final class AccessRules {
  /** Group and transactions of a job with the default id. */
  private static final String JOB = "swarmstream";

  private static final Pattern MANAGED = Pattern.compile("User:([0-9a-f]{64}|spiffe://.+)");

  private AccessRules() {}

  /** Kafka's name for all topics. */
  private static final String ANY = "*";

  /**
   * The swarm as far as rights depend on it; all by Kafka principal.
   *
   * @param sites by contract: principals of the enrolled sites that are active members
   * @param jobs principals of active members with role job
   * @param observers principals of active members with role observer, admin or owner
   * @param networkNodes principals of active members with role network
   */
  public record Swarm(
      Map<String, Set<String>> sites,
      Set<String> jobs,
      Set<String> observers,
      Set<String> networkNodes) {}

  /** Whether the rights of a principal are set by these rules; others are an administrator's. */
  public static boolean manages(String principal) {
    return MANAGED.matcher(principal).matches();
  }

  /** All rights. */
  public static Set<Right> of(Swarm swarm) {
    Set<Right> rights = new HashSet<>();
    for (String node : swarm.networkNodes()) {
      networkNode(rights, node);
    }
    for (String job : swarm.jobs()) {
      rights.add(Right.group(job, "READ", JOB));
      rights.add(Right.transactions(job, "WRITE", JOB + "."));
      rights.add(Right.transactions(job, "DESCRIBE", JOB + "."));
    }
    swarm
        .sites()
        .forEach(
            (contract, sites) -> {
              sites.forEach(site -> site(rights, site, contract));
              swarm.jobs().forEach(job -> job(rights, job, contract));
              swarm.observers().forEach(observer -> observer(rights, observer, contract));
              swarm
                  .networkNodes()
                  .forEach(
                      node -> all(rights, node, contract, "READ", Topic.ROUNDS, Topic.REJECTIONS));
            });
    return rights;
  }

  /** Creates topics and keeps this list; it may read no delta. */
  private static void networkNode(Set<Right> rights, String node) {
    for (String operation : List.of("ALTER", "DESCRIBE", "CREATE")) {
      rights.add(Right.cluster(node, operation));
    }
    // Nodes create topics before the chain knows the contract, and two may do so at once; the
    // second
    // one checks the existing topics.
    for (String operation : List.of("DESCRIBE", "DESCRIBE_CONFIGS")) {
      rights.add(Right.topic(node, operation, ANY));
    }
    for (String operation : List.of("READ", "WRITE", "DESCRIBE")) {
      rights.add(Right.topic(node, operation, HeartbeatLog.TOPIC));
      rights.add(Right.topic(node, operation, NoteLog.TOPIC));
    }
  }

  private static void site(Set<Right> rights, String site, String contract) {
    all(rights, site, contract, "WRITE", Topic.DELTAS, Topic.SITES);
    all(rights, site, contract, "READ", Topic.MODELS, Topic.ROUNDS, Topic.REJECTIONS);
    // Not every contract has it.
    all(rights, site, contract, "READ", Topic.UPDATES);
    all(rights, site, contract, "DESCRIBE", Topic.UPDATES);
    all(rights, site, contract, "DESCRIBE", Topic.always().toArray(Topic[]::new));
  }

  private static void job(Set<Right> rights, String job, String contract) {
    for (String operation : List.of("CREATE", "DESCRIBE", "DESCRIBE_CONFIGS")) {
      all(rights, job, contract, operation, Topic.values());
    }
    all(rights, job, contract, "READ", Topic.DELTAS, Topic.SITES, Topic.MODELS, Topic.ROUNDS);
    all(rights, job, contract, "WRITE", Topic.MODELS, Topic.ROUNDS, Topic.REJECTIONS);
    // Not every contract has these.
    all(rights, job, contract, "READ", Topic.OPTIMIZER);
    all(rights, job, contract, "WRITE", Topic.OPTIMIZER, Topic.UPDATES);
  }

  /** What {@code swarm verify} needs. */
  private static void observer(Set<Right> rights, String observer, String contract) {
    for (String operation : List.of("READ", "DESCRIBE")) {
      all(rights, observer, contract, operation, Topic.DELTAS, Topic.MODELS, Topic.ROUNDS);
      all(rights, observer, contract, operation, Topic.OPTIMIZER);
    }
  }

  private static void all(
      Set<Right> rights, String principal, String contract, String operation, Topic... topics) {
    for (Topic topic : topics) {
      rights.add(Right.topic(principal, operation, topic.of(contract)));
    }
  }
}
