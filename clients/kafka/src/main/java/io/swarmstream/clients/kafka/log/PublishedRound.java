package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;

/** A round record as published: its content, and the bytes that the chain anchors. */
public final class PublishedRound {
  private final RoundRecord record;
  private final byte[] published;
  private final Hash hash;

  private PublishedRound(RoundRecord record, byte[] published) {
    this.record = record;
    this.published = published;
    this.hash = Hash.sha256(published);
  }

  /**
   * Reads a published round record.
   *
   * @param published value of the record in the rounds topic, frame included; not to be changed
   * @throws MalformedRecordException when the bytes are not a round record
   */
  public static PublishedRound of(byte[] published) throws MalformedRecordException {
    return new PublishedRound(WireFormat.ROUND_RECORD.decode(published), published);
  }

  public long round() {
    return record.getRound();
  }

  public RoundRecord record() {
    return record;
  }

  /** A copy of the bytes as published, frame included. */
  public byte[] published() {
    return published.clone();
  }

  /** SHA-256 of the published bytes. */
  public Hash hash() {
    return hash;
  }

  /** The anchor that the chain is to hold for this round. */
  public Anchor anchor() {
    return new Anchor(
        record.getContract(), round(), hash.hex(), Hash.of(record.getModelHash()).hex());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublishedRound that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "round " + round() + " of " + record.getContract() + " (" + hash.hex() + ")";
  }
}
