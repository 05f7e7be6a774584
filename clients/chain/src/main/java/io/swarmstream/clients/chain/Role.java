package io.swarmstream.clients.chain;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a member of the swarm may do. The smart contract stores a set of roles as a bit mask. */
public enum Role {
  /** Invites, approves, suspends and removes members. */
  ADMIN(1),
  /** Creates training contracts. */
  OWNER(2),
  /** Contributes to trainings. */
  SITE(4),
  /** Runs tasks. */
  AGENT(8),
  /** Reads. */
  OBSERVER(16),
  /** Runs a network node, admits members, and may seal blocks. */
  NETWORK(32),
  /** Coordinates trainings and anchors their rounds. */
  JOB(64);

  private final int mask;

  Role(int mask) {
    this.mask = mask;
  }

  public int mask() {
    return mask;
  }

  /** The role as people write it: the name in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of this code.
   *
   * @throws IllegalArgumentException listing the roles there are
   */
  public static Role named(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "there is no role \""
            + code
            + "\"; the roles are "
            + Arrays.stream(values()).map(Role::code).collect(joining(", ")));
  }

  /** The roles of a mask; ignores bits that this version does not know. */
  public static Set<Role> ofMask(int mask) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if ((mask & role.mask) != 0) {
        roles.add(role);
      }
    }
    return Collections.unmodifiableSet(roles);
  }

  /** The roles of a mask in decimal, for messages; any other text as it is. */
  static String text(String mask) {
    return !mask.matches("[0-9]+")
        ? mask
        : ofMask(Integer.parseInt(mask)).stream().map(Role::code).collect(joining(" or "));
  }

  public static int maskOf(Collection<Role> roles) {
    return roles.stream().mapToInt(Role::mask).reduce(0, (a, b) -> a | b);
  }
}
