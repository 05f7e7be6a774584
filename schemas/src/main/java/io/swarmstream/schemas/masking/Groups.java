package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The groups into which the sites of a cohort fall, whose deltas are summed each by itself.
 *
 * <p>They are drawn from the cohort's hash, which covers a fresh key of each member, so nobody
 * knows them before all have offered, and nobody is with the same sites in all rounds. Their sizes
 * differ by one at most.
 */
final class Groups {
  private static final byte[] TAG = Canonical.tag("swarmstream/mask-group/v1");

  private final int count;

  /** How many sites of a group hide one another. */
  private final int crowd;

  /** By address. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private Groups(int count, int crowd) {
    this.count = count;
    this.crowd = crowd;
  }

  /**
   * Draws them.
   *
   * @param cohort its hash
   * @param members addresses
   */
  static Groups of(Hash cohort, Collection<String> members, ContractTerms terms) {
    int count = terms.privacy().groups();
    Map<String, String> drawn = new TreeMap<>();
    for (String site : members) {
      drawn.put(new Canonical(TAG).hash(cohort).text(site).hash().hex(), site);
    }
    Groups groups = new Groups(count, CrowdSize.ofGroup(terms.minPeers(), count));
    drawn.values().forEach(site -> groups.numbers.put(site, groups.numbers.size() % count));
    return groups;
  }

  int count() {
    return count;
  }

  int crowd() {
    return crowd;
  }

  boolean areTogether(String one, String other) {
    return number(one) == number(other);
  }

  /** Number of a member's group, from 0. */
  int number(String member) {
    return numbers.getOrDefault(member, -1);
  }

  /** Those of some members whose group has enough of them to hide one another. */
  Set<String> hidden(Collection<String> members) {
    int[] sizes = sizes(members);
    Set<String> hidden = new HashSet<>();
    for (String member : members) {
      if (number(member) >= 0 && sizes[number(member)] >= crowd) {
        hidden.add(member);
      }
    }
    return hidden;
  }

  /** Those of the others without whom a group has too few of some members to hide one another. */
  Set<String> wanted(Collection<String> members) {
    int[] sizes = sizes(members);
    Set<String> wanted = new HashSet<>(numbers.keySet());
    wanted.removeAll(members);
    wanted.removeIf(member -> sizes[number(member)] >= crowd);
    return wanted;
  }

  /** Whether none of some members is in a group with too few of them. */
  boolean hide(Collection<String> members) {
    return hidden(members).size() == members.size();
  }

  /** How many groups some members are in. */
  int represented(Collection<String> members) {
    int represented = 0;
    for (int size : sizes(members)) {
      represented += size > 0 ? 1 : 0;
    }
    return represented;
  }

  /**
   * Whether so many groups are there that a median still stands a bad one: more than half, and
   * three.
   */
  boolean areMost(int represented) {
    return represented >= Math.max(3, count / 2 + 1);
  }

  private int[] sizes(Collection<String> members) {
    int[] sizes = new int[count];
    for (String member : members) {
      if (number(member) >= 0) {
        sizes[number(member)]++;
      }
    }
    return sizes;
  }
}
