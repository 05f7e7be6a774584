package io.swarmstream.verification;

import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;

/** A round record with the place in the log that it was read from, and its published bytes. */
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

  Finding.Place place() {
    return new Finding.Place(log.topic(), log.partition(), log.offset());
  }
}
