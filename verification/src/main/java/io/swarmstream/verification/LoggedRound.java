package io.swarmstream.verification;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import org.jspecify.annotations.Nullable;

/** A round record, the bytes it was published as, and its place in the log. */
record LoggedRound(InboundRecord log, RoundRecord record) {
  long round() {
    return record.getRound();
  }

  Hash hash() {
    return Hash.sha256(log.value());
  }

  Hash modelHash() {
    return Hash.of(record.getModelHash());
  }

  /** Whether this is the record that an anchor names; never when there is no anchor. */
  boolean isAnchored(@Nullable Anchor anchor) {
    return anchor != null && hash().hex().equals(anchor.recordHash());
  }

  Finding.Place place() {
    return new Finding.Place(log.topic(), log.partition(), log.offset());
  }
}
