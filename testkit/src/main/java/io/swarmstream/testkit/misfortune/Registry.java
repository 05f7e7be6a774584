package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The chain's part of a scenario: the contract and its enrolled sites. */
final class Registry {
  private final TestContract contract;
  private final int enrolledAtFirst;
  private final World world;
  private final Deque<ContractEvent> unheard = new ArrayDeque<>();
  private final Set<Integer> enrolled = new HashSet<>();
  private final Set<Integer> doubtful = new HashSet<>();
  private boolean created;
  private boolean away;
  private long block;

  Registry(Scenario scenario, World world) {
    this.contract = scenario.contract();
    this.enrolledAtFirst = scenario.enrolledAtFirst();
    this.world = world;
    for (int site = enrolledAtFirst; site < contract.sites().size(); site++) {
      doubtful.add(site);
    }
  }

  void create() {
    if (created) {
      return;
    }
    created = true;
    tell(ContractEvent.created(++block, 0, contract.terms(), "0xcc"));
    for (int site = 0; site < enrolledAtFirst; site++) {
      enrolNow(site);
    }
  }

  void enrol(int site) {
    if (created) {
      enrolNow(site);
    }
  }

  private void enrolNow(int site) {
    TestSite known = contract.site(site);
    enrolled.add(site);
    tell(
        ContractEvent.enrolled(
            ++block,
            site,
            contract.name(),
            known.address(),
            known.name(),
            TestContract.MAX_WEIGHT));
  }

  void remove(int site) {
    doubtful.add(site);
    if (created && enrolled.remove(site)) {
      tell(ContractEvent.removed(++block, site, contract.name(), contract.site(site).address()));
    }
  }

  /**
   * Records that, from now on, it is uncertain whether the job considers the site enrolled and
   * live.
   */
  void doubt(int site) {
    doubtful.add(site);
  }

  /** Whether the site was always enrolled and never announced that it leaves. */
  boolean isBeyondDoubt(int site) {
    return !doubtful.contains(site);
  }

  boolean isEnrolled(int site) {
    return enrolled.contains(site);
  }

  void setAway(boolean away) {
    this.away = away;
    world.setChainAway(away);
    while (!away && !unheard.isEmpty()) {
      world.contractEvent(unheard.remove());
    }
  }

  private void tell(ContractEvent event) {
    if (away) {
      unheard.add(event);
    } else {
      world.contractEvent(event);
    }
  }
}
