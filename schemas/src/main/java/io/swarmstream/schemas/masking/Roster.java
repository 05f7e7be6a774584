package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sites that may take part in masked rounds, in the order of their address, with their keys. */
public final class Roster {
  private static final byte[] TAG = Canonical.tag("swarmstream/mask-roster/v1");

  private final Map<String, Hash> keys;
  private final Hash hash;

  private Roster(ContractTerms terms, Map<String, Hash> keys) {
    this.keys = keys;
    Canonical form = new Canonical(TAG).text(terms.contract()).hash(terms.hash());
    keys.forEach((site, key) -> form.text(site).hash(key));
    this.hash = form.hash();
  }

  /** The roster of announcements, which are checked already. */
  public static Roster of(ContractTerms terms, Iterable<MaskOffer> announcements) {
    Map<String, Hash> keys = new TreeMap<>();
    for (MaskOffer each : announcements) {
      keys.put(each.getSite(), Hash.of(each.getShareKey()));
    }
    return new Roster(terms, keys);
  }

  public static Roster of(ContractTerms terms, MaskRoster record) {
    return of(terms, record.getSites());
  }

  /**
   * Returns why no site should give shares to the sites of a roster; empty: nothing is wrong.
   * Whether they are enrolled only the chain says.
   */
  public static Optional<String> flaw(ContractTerms terms, MaskRoster record) {
    List<String> sites = record.getSites().stream().map(MaskOffer::getSite).toList();
    if (sites.size() > CrowdSize.MOST
        || !sites.stream().sorted().distinct().toList().equals(sites)) {
      return Optional.of("it has not at most " + CrowdSize.MOST + " sites, each once: " + sites);
    }
    if (sites.size() < CrowdSize.least(terms.minPeers(), sites.size())) {
      return Optional.of("it has only " + sites.size() + " sites");
    }
    for (MaskOffer each : record.getSites()) {
      boolean isAnnouncement =
          each.getRound() == MaskOffers.ANNOUNCEMENT
              && each.getContract().equals(terms.contract())
              && Hash.of(each.getTermsHash()).equals(terms.hash());
      if (!isAnnouncement || !MaskOffers.isSigned(each) || MaskOffers.flaw(each).isPresent()) {
        return Optional.of("the key of " + each.getSite() + " is not one that this site announced");
      }
    }
    return Optional.empty();
  }

  public Hash hash() {
    return hash;
  }

  /** Addresses, in their order. */
  public List<String> sites() {
    return new ArrayList<>(keys.keySet());
  }

  /** Public key by which others encrypt shares for a site of the roster. */
  Hash key(String site) {
    Hash key = keys.get(site);
    if (key == null) {
      throw new IllegalArgumentException("site " + site + " is not in the roster " + keys.keySet());
    }
    return key;
  }

  public int size() {
    return keys.size();
  }

  public int threshold() {
    return CrowdSize.threshold(size());
  }
}
