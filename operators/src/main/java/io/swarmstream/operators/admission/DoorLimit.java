package io.swarmstream.operators.admission;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SignedContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits how often a site gets one chunk of one round admitted.
 *
 * <p>A window keeps the chunks of the open round until the round closes, so an enrolled site could
 * fill it with new contributions, and anybody could fill it with copies of one. The two are counted
 * separately, because copies made by others must not lock out the contribution that a site signs
 * after a crash. An honest site sends a chunk once, and again after it or the job was down, or
 * after its contribution has expired: then a new period has begun, and the count starts again.
 * Counts are in memory only; a restart resets them.
 */
final class DoorLimit {
  /** Contributions of a site to a round, each signed by the site itself. */
  static final int CONTRIBUTIONS = 16;

  /** Copies of a chunk of one contribution. */
  static final int COPIES = 4;

  /**
   * What is counted for itself.
   *
   * @param period of the time when the log took the chunk, counted in lifetimes of a contribution
   */
  private record Place(String contract, String site, long round, int chunk, long period) {
    boolean isOf(String name, String address) {
      return contract.equals(name) && site.equals(address);
    }
  }

  private record Copied(Place place, Hash signed) {}

  private final long periodMs;
  private final Map<Place, Integer> contributions = new Newest<>();
  private final Map<Copied, Integer> copies = new Newest<>();

  /**
   * Makes it.
   *
   * @param contributionLifetimeMs a contribution that is older has to be sent again, so the count
   *     starts again
   */
  DoorLimit(long contributionLifetimeMs) {
    periodMs = contributionLifetimeMs;
  }

  /**
   * Says why one more copy of this chunk is not admitted; empty if it is, and then counts it.
   *
   * @param appendedMs when the log took the chunk
   */
  Optional<Flaw> flaw(DeltaChunk chunk, long appendedMs) {
    return flaw(
        new Place(
            chunk.getContract(),
            chunk.getSite(),
            chunk.getRound(),
            chunk.getChunkIndex(),
            appendedMs / periodMs),
        SignedContent.of(chunk));
  }

  /**
   * The same.
   *
   * @param signed what the site signed: no other contribution has it
   */
  private Optional<Flaw> flaw(Place place, Hash signed) {
    Copied copied = new Copied(place, signed);
    int copiesBefore = copies.getOrDefault(copied, 0);
    if (copiesBefore >= COPIES) {
      return Optional.of(
          new Flaw(
              RejectionReason.DUPLICATE,
              "chunkIndex",
              String.format(
                  "chunk %d of this contribution to round %d has arrived %d times; it counts once, do not send it again",
                  place.chunk(), place.round(), COPIES)));
    }
    if (copiesBefore == 0) {
      int before = contributions.getOrDefault(place, 0);
      if (before >= CONTRIBUTIONS) {
        return Optional.of(
            new Flaw(
                RejectionReason.TOO_MANY,
                "merkleRoot",
                String.format(
                    "chunk %d of %d contributions of site %s to round %d has arrived, and no other one is accepted;"
                        + " complete one of them, or contribute to the next round",
                    place.chunk(), CONTRIBUTIONS, place.site(), place.round())));
      }
      contributions.put(place, before + 1);
    }
    copies.put(copied, copiesBefore + 1);
    return Optional.empty();
  }

  /**
   * Resets the counts of a removed site: its contributions were dismissed, and it may be enrolled
   * again.
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
