package io.swarmstream.site.internal;

import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundNotice;
import java.util.Optional;

/**
 * Tells from the log what a masked round needs of a site.
 *
 * @param address of the site
 * @param name of the site, as notices name it
 */
record MaskNeeds(String address, String name) {
  static MaskNeeds of(SiteConnection connection) {
    return new MaskNeeds(connection.key().address(), connection.site().name());
  }

  boolean isIn(MaskRoster roster) {
    return roster.getSites().stream().map(MaskOffer::getSite).anyMatch(address::equals);
  }

  /**
   * Whether the site has to say that it is back. The log's roster may still have a site that the
   * job counts as absent: with fewer than minPeers left, the job writes no roster without it.
   *
   * @param roster the newest; empty: none yet
   * @param notice the newest; empty: none yet
   */
  boolean isMissed(Optional<MaskRoster> roster, Optional<RoundNotice> notice) {
    return roster.filter(this::isIn).isEmpty()
        || notice.filter(said -> said.getAbsent().contains(name)).isPresent();
  }

  /**
   * Whether the site has to announce its key for shares once more. The log's roster may have a key
   * that the job has forgotten: it does so when a site is removed, also if it is enrolled again.
   *
   * @param roster the newest; empty: none yet
   * @param cohort of the open round; empty: the job may need another roster for it
   */
  boolean mayBeUnknown(Optional<MaskRoster> roster, Optional<MaskCohort> cohort) {
    return roster.filter(this::isIn).isEmpty() || cohort.isEmpty();
  }
}
