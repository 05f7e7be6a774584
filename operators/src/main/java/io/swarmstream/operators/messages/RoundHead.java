package io.swarmstream.operators.messages;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.MaskedSum;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator knows of a closed round: its record but for the model.
 *
 * @param masks what takes the masks off the sum; null: the round is not masked
 */
public record RoundHead(
    ContractTerms terms,
    long round,
    String baseHash,
    List<Participating> participants,
    List<String> leftOut,
    String closedBy,
    long openedAtMs,
    long closedAtMs,
    @Nullable RoundMasks masks)
    implements Serializable {

  /** The same round with what takes its masks off. */
  public RoundHead with(RoundMasks found) {
    return new RoundHead(
        terms, round, baseHash, participants, leftOut, closedBy, openedAtMs, closedAtMs, found);
  }

  /** What takes the masks off the round's sums; null: it is not masked. */
  public @Nullable MaskedSum maskedSum() {
    if (masks == null) {
      return null;
    }
    List<String> in = participants.stream().map(Participating::site).toList();
    return masks.sum(in, terms);
  }

  /**
   * A site in the round, with the Merkle root (hex) of its contribution.
   *
   * @param arrivedAtMs when the log took the last chunk of it, Unix milliseconds; 0: not known
   */
  public record Participating(
      String site, String name, String contribution, Header header, long arrivedAtMs)
      implements Serializable {

    /**
     * A participant as a plan or a record names it.
     *
     * @param arrivedAtMs beside it there; 0: not known
     */
    public static Participating of(Participant avro, long arrivedAtMs) {
      return new Participating(
          avro.getSite(),
          avro.getName(),
          Hash.of(avro.getContribution()).hex(),
          Header.of(avro.getHeader()),
          arrivedAtMs);
    }

    public Participant toAvro() {
      return new Participant(site, name, Hash.ofHex(contribution).toAvro(), header.toAvro());
    }
  }
}
