package io.swarmstream.operators.admission;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how often a site gets one chunk of one round through the door.
 *
 * <p>A window keeps what came for the open round until the round closes, so an enrolled site could
 * fill it with copies or with ever new contributions. An honest site sends a chunk once, and again
 * when it or the job was away. Held in memory only: after a restart the count begins again.
 */
final class DoorLimit {
  static final int PASSES = 16;
  private static final int PLACES = 65_536;

  private record Place(String contract, String site, long round, int chunk) {}

  private final Map<Place, Integer> passes =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Integer> eldest) {
          return size() > PLACES;
        }
      };

  /** Whether one more of this chunk may pass; counts it if so. */
  boolean admits(String contract, String site, long round, int chunk) {
    Place place = new Place(contract, site, round, chunk);
    int before = passes.getOrDefault(place, 0);
    if (before >= PASSES) {
      return false;
    }
    passes.put(place, before + 1);
    return true;
  }
}
