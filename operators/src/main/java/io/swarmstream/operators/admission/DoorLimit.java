package io.swarmstream.operators.admission;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how often a site gets one chunk of one round through the door.
 *
 * <p>A window keeps what came for the open round until the round closes, so an enrolled site could
 * fill it with ever new contributions, and anybody with copies of one. The two are counted apart:
 * copies that others make of what a site has begun must not shut out what it signs anew after a
 * crash. An honest site sends a chunk once, and again when it or the job was away. Held in memory
 * only: after a restart the count begins again.
 */
final class DoorLimit {
  /** Contributions of a site to a round, each signed by the site itself. */
  static final int CONTRIBUTIONS = 16;

  /** Copies of a chunk of one contribution. */
  static final int COPIES = 4;

  private record Place(String contract, String site, long round, int chunk) {
    boolean isOf(String name, String address) {
      return contract.equals(name) && site.equals(address);
    }
  }

  private record Copied(Place place, String contribution) {}

  private final Map<Place, Integer> contributions = new Newest<>();
  private final Map<Copied, Integer> copies = new Newest<>();

  /**
   * Whether one more of this chunk may pass; counts it if so.
   *
   * @param contribution Merkle root, hex
   */
  boolean admits(String contract, String site, long round, int chunk, String contribution) {
    Place place = new Place(contract, site, round, chunk);
    Copied copied = new Copied(place, contribution);
    int copiesBefore = copies.getOrDefault(copied, 0);
    if (copiesBefore >= COPIES) {
      return false;
    }
    if (copiesBefore == 0) {
      int before = contributions.getOrDefault(place, 0);
      if (before >= CONTRIBUTIONS) {
        return false;
      }
      contributions.put(place, before + 1);
    }
    copies.put(copied, copiesBefore + 1);
    return true;
  }

  /**
   * A site that was removed begins anew when it is enrolled again: what it had sent was dismissed.
   */
  void forget(String contract, String site) {
    contributions.keySet().removeIf(place -> place.isOf(contract, site));
    copies.keySet().removeIf(copied -> copied.place().isOf(contract, site));
  }

  /** Forgets what has not been asked for longest. */
  private static final class Newest<K> extends LinkedHashMap<K, Integer> {
    private static final long serialVersionUID = 1L;
    private static final int PLACES = 65_536;

    Newest() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Integer> eldest) {
      return size() > PLACES;
    }
  }
}
