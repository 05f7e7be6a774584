package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a network node admits whoever shows a certificate of a registered authority.
 *
 * @param roles that such newcomers may ask for; empty: none is admitted
 * @param maxWeight greatest weight that such sites may ask for in trainings
 */
public record CertificatePolicy(Set<Role> roles, int maxWeight) {
  /** Members come by invitation alone. */
  public static final CertificatePolicy NONE = new CertificatePolicy(Set.of(), 1);

  public CertificatePolicy {
    roles = Set.copyOf(roles);
    if (maxWeight < 1) {
      throw new IllegalArgumentException(
          "--admit-weight must be at least 1, and it is " + maxWeight);
    }
  }

  /**
   * The policy of a list of roles, such as {@code site,agent}.
   *
   * @throws IllegalArgumentException when a role does not exist
   */
  public static CertificatePolicy of(String roles, int maxWeight) {
    Set<Role> named = EnumSet.noneOf(Role.class);
    Arrays.stream(roles.split(","))
        .map(String::strip)
        .filter(code -> !code.isEmpty())
        .forEach(code -> named.add(Role.named(code)));
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "--admit-certificates names no role; name those that newcomers may have, such as site");
    }
    return new CertificatePolicy(named, maxWeight);
  }

  public boolean isOpen() {
    return !roles.isEmpty();
  }
}
