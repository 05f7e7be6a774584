package io.swarmstream.kafka.client;

import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.ModelChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a contract's topics still have of its rounds, for an audit: also what a reader of the
 * newest would never notice, such as a second record of a round.
 *
 * @param records round records in the order of the log, repetitions too
 * @param chunkHashes by round and chunk: the hashes (hex) of all payloads published as that chunk
 */
public record ContractHistory(
    List<SealedRound> records, Map<Long, Map<Integer, Set<String>>> chunkHashes) {

  /**
   * Reads what is committed by now; of the models it keeps hashes only.
   *
   * @throws MalformedRecordException when the rounds or models topic has a record that is none
   * @throws io.swarmstream.kafka.DeadlineException when Kafka does not answer in time
   */
  public static ContractHistory read(KafkaEndpoint endpoint, String contract, Duration deadline)
      throws InterruptedException, MalformedRecordException {
    ContractHistory history = new ContractHistory(new ArrayList<>(), new TreeMap<>());
    Deadline until = Deadline.in(deadline);
    List<String> topics = List.of(Topic.ROUNDS.of(contract), Topic.MODELS.of(contract));
    try (TopicReader reader = TopicReader.open(endpoint, topics, until)) {
      var ends = reader.ends(until);
      while (!reader.isPast(ends)) {
        if (until.isPast()) {
          throw new DeadlineException(
              "the history of contract " + contract + " was not read within " + until.allowed());
        }
        for (var record : reader.poll(until.remaining())) {
          history.accept(record.value());
        }
      }
    }
    return history;
  }

  private void accept(byte[] value) throws MalformedRecordException {
    if (WireFormat.ROUND_RECORD.frames(value)) {
      records.add(SealedRound.of(value));
    } else if (WireFormat.MODEL_CHUNK.frames(value)) {
      ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(value);
      chunkHashes
          .computeIfAbsent(chunk.getRound(), round -> new TreeMap<>())
          .computeIfAbsent(chunk.getChunkIndex(), index -> new TreeSet<>())
          .add(Hash.sha256(value).hex());
    }
  }

  /** Rounds that have two different records, or a chunk with two different contents. */
  public Set<Long> roundsWithTwoModels() {
    Map<Long, SealedRound> first = new TreeMap<>();
    Set<Long> doubled = new TreeSet<>();
    for (SealedRound record : records) {
      SealedRound before = first.putIfAbsent(record.round(), record);
      if (before != null && !before.equals(record)) {
        doubled.add(record.round());
      }
    }
    chunkHashes.forEach(
        (round, chunks) -> {
          if (chunks.values().stream().anyMatch(hashes -> hashes.size() > 1)) {
            doubled.add(round);
          }
        });
    return doubled;
  }
}
