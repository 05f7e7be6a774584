package io.swarmstream.operators.messages;

import io.swarmstream.schemas.ContractTerms;
import java.io.Serializable;
import java.util.List;

/** What the coordinator knows of a closed round: its record but for the model. */
public record RoundHead(
    ContractTerms terms,
    long round,
    String baseHash,
    List<Participating> participants,
    List<String> leftOut,
    String closedBy,
    long openedAtMs,
    long closedAtMs)
    implements Serializable {

  /**
   * A site in the round, with the Merkle root (hex) of its contribution.
   *
   * @param arrivedAtMs when the log took the last chunk of it, Unix milliseconds; 0: not known
   */
  public record Participating(
      String site, String name, String contribution, Header header, long arrivedAtMs)
      implements Serializable {}
}
