package io.swarmstream.site.internal;

import io.swarmstream.clients.chain.ContractRegistry;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.Roster;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a roster or a cohort for a site, without believing the coordinator. Safe for use by
 * several threads.
 *
 * <p>Shares go to sites that are enrolled when the roster is new. From then on a round has to get
 * on without a site that is removed, so those of its roster may be removed by now.
 */
final class CohortCheck {
  private final ContractTerms terms;
  private final Function<Hash, Optional<MaskRoster>> rosters;
  private final EnrolledSites chain;

  /** Addresses that the chain has enrolled at some time, as far as somebody asked. */
  private final Set<String> everEnrolled = new HashSet<>();

  /** The roster that was found sound last; asking the chain takes a while. */
  private Hash soundRoster = Hash.ZERO;

  /** The cohort that was found sound last; all its signatures take a while. */
  private @Nullable MaskCohort soundCohort;

  /** What the chain says of the contract's sites. */
  interface EnrolledSites {
    /** Addresses of those that are enrolled now. */
    List<String> now();

    /** Addresses of all that have ever been; searches the chain's events. */
    List<String> ever();
  }

  CohortCheck(SiteConnection connection) {
    this(
        connection.terms(),
        connection.log().masks()::roster,
        of(connection.chain().registry(), connection.terms().contract()));
  }

  /**
   * Checks with other sources than a site's connection.
   *
   * @param rosters the rosters in the log, by hash
   */
  CohortCheck(
      ContractTerms terms, Function<Hash, Optional<MaskRoster>> rosters, EnrolledSites chain) {
    this.terms = terms;
    this.rosters = rosters;
    this.chain = chain;
  }

  private static EnrolledSites of(ContractRegistry registry, String contract) {
    return new EnrolledSites() {
      @Override
      public List<String> now() {
        return registry.sites(contract).stream().map(Enrolment::address).toList();
      }

      @Override
      public List<String> ever() {
        return registry.enrolments(contract).stream().map(Enrolment::address).toList();
      }
    };
  }

  /** Returns why this site should not give shares to the sites of a roster; empty: it may. */
  synchronized Optional<String> flaw(MaskRoster record) {
    Roster roster = Roster.of(terms, record);
    if (roster.hash().equals(soundRoster)) {
      return Optional.empty();
    }
    Optional<String> flaw =
        Roster.flaw(terms, record).or(() -> flawUnlessAll(roster.sites(), areEnrolled(roster)));
    if (flaw.isEmpty()) {
      soundRoster = roster.hash();
    }
    return flaw;
  }

  /**
   * Whether the cohort's roster is known here; if not, this site has offered for no such roster.
   */
  boolean knowsRoster(Cohort cohort) {
    return rosters.apply(cohort.roster()).isPresent();
  }

  /** Returns why this site should not mask a delta among a cohort; empty: it may. */
  synchronized Optional<String> flaw(Cohort cohort) {
    // The whole record: the hash covers the roster's hash, not the list of its sites.
    if (cohort.record().equals(soundCohort)) {
      return Optional.empty();
    }
    Optional<String> flaw =
        rosters
            .apply(cohort.roster())
            .map(roster -> flaw(cohort, roster))
            .orElse(Optional.of("its roster is not known here"))
            .or(() -> cohort.flaw(terms));
    if (flaw.isEmpty()) {
      soundCohort = cohort.record();
    }
    return flaw;
  }

  private Optional<String> flaw(Cohort cohort, MaskRoster record) {
    Roster roster = Roster.of(terms, record);
    if (!roster.sites().equals(cohort.record().getSites())) {
      return Optional.of("it does not name the sites of its roster");
    }
    return Roster.flaw(terms, record).or(() -> flawUnlessAll(roster.sites(), wereEnrolled(roster)));
  }

  private boolean areEnrolled(Roster roster) {
    List<String> now = chain.now();
    everEnrolled.addAll(now);
    return now.containsAll(roster.sites());
  }

  /** The events are searched only for somebody who is not enrolled now. */
  private boolean wereEnrolled(Roster roster) {
    if (everEnrolled.containsAll(roster.sites()) || areEnrolled(roster)) {
      return true;
    }
    everEnrolled.addAll(chain.ever());
    return everEnrolled.containsAll(roster.sites());
  }

  private static Optional<String> flawUnlessAll(List<String> sites, boolean areKnown) {
    return areKnown ? Optional.empty() : Optional.of("not all of its sites are enrolled: " + sites);
  }
}
