package io.swarmstream.clients.kafka.access;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.RetriableException;

/** The access list of a Kafka cluster. Safe for use by one thread at a time. */
public final class AccessList implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaEndpoint endpoint;
  private final Admin admin;

  /**
   * How many rights a change has given and taken.
   *
   * @param added rights that were missing
   * @param removed rights that nobody should have
   */
  public record Change(int added, int removed) {}

  private AccessList(KafkaEndpoint endpoint, Admin admin) {
    this.endpoint = endpoint;
    this.admin = admin;
  }

  /**
   * Opens the list; the first call connects.
   *
   * @param deadline of each call
   */
  public static AccessList of(KafkaEndpoint endpoint, Duration deadline) {
    return new AccessList(endpoint, endpoint.admin(deadline));
  }

  /**
   * Makes the rights of some principals exactly the wanted ones. Adds before it removes, so that
   * nobody loses a right for a moment.
   *
   * @param managed which principals; the rights of all others stay as they are
   * @throws MissingRightException when this client may not alter the list
   * @throws DeadlineException when no broker answers in time
   */
  public Change set(Set<Right> wanted, Predicate<String> managed) throws InterruptedException {
    try {
      Collection<AclBinding> all = admin.describeAcls(AclBindingFilter.ANY).values().get();
      Set<AclBinding> present =
          all.stream()
              .filter(found -> managed.test(found.entry().principal()))
              .collect(Collectors.toSet());
      Set<AclBinding> missing =
          wanted.stream().map(Right::binding).collect(Collectors.toCollection(HashSet::new));
      Set<AclBinding> superfluous = new HashSet<>(present);
      superfluous.removeAll(missing);
      missing.removeAll(present);
      if (!missing.isEmpty()) {
        admin.createAcls(missing).all().get();
      }
      if (!superfluous.isEmpty()) {
        admin.deleteAcls(superfluous.stream().map(AclBinding::toFilter).toList()).all().get();
      }
      return new Change(missing.size(), superfluous.size());
    } catch (ExecutionException e) {
      throw MissingRightException.of(e, "ALTER", "the cluster's access list", endpoint)
          .<RuntimeException>map(refused -> refused)
          .orElseGet(() -> explained(e));
    }
  }

  private RuntimeException explained(ExecutionException e) {
    String what = "the access list of Kafka at " + endpoint + " cannot be set: " + e.getCause();
    return e.getCause() instanceof RetriableException late
        ? new DeadlineException(what, late)
        : new IllegalStateException(what, e.getCause());
  }

  @Override
  public void close() {
    admin.close(CLOSE);
  }
}
