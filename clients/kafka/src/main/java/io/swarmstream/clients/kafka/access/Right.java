package io.swarmstream.clients.kafka.access;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One right of one principal, from any host.
 *
 * @param principal such as {@code User:3f2a…}
 * @param prefixed whether it holds for all resources whose names begin with {@code name}
 * @param operation in Kafka's words, such as {@code WRITE}
 */
public record Right(String principal, Kind kind, String name, boolean prefixed, String operation) {
  private static final String ANY_HOST = "*";

  /** What a right is on. */
  public enum Kind {
    TOPIC,
    GROUP,
    TRANSACTIONAL_ID,
    CLUSTER
  }

  public static Right topic(String principal, String operation, String topic) {
    return new Right(principal, Kind.TOPIC, topic, false, operation);
  }

  public static Right topics(String principal, String operation, String prefix) {
    return new Right(principal, Kind.TOPIC, prefix, true, operation);
  }

  public static Right group(String principal, String operation, String group) {
    return new Right(principal, Kind.GROUP, group, false, operation);
  }

  public static Right transactions(String principal, String operation, String prefix) {
    return new Right(principal, Kind.TRANSACTIONAL_ID, prefix, true, operation);
  }

  public static Right cluster(String principal, String operation) {
    return new Right(principal, Kind.CLUSTER, Resource.CLUSTER_NAME, false, operation);
  }

  AclBinding binding() {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.fromString(kind.name()),
            name,
            prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            principal, ANY_HOST, AclOperation.fromString(operation), AclPermissionType.ALLOW));
  }
}
