package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a contract's topics still hold about its rounds, for an audit. Includes what a
 * reader of the newest state would not notice, such as a second record of a round.
 *
 * @param records round records in log order, including repetitions
 * @param chunkHashes by round and chunk: the hashes (hex) of all payloads published as that chunk
 */
public record ContractHistory(
    List<PublishedRound> records, Map<Long, Map<Integer, Set<String>>> chunkHashes) {

  /**
   * Reads the records committed so far; of the models it keeps only hashes.
   *
   * @throws MalformedRecordException when a record of the rounds or models topic is malformed
   * @throws io.swarmstream.clients.kafka.DeadlineException when Kafka does not answer in time
   */
  public static ContractHistory read(KafkaEndpoint endpoint, String contract, Duration deadline)
      throws InterruptedException, MalformedRecordException {
    List<byte[]> rounds = new ArrayList<>();
    ContractHistory history = new ContractHistory(new ArrayList<>(), new TreeMap<>());
    LogHistory.forEach(
        endpoint, List.of(Topic.ROUNDS.of(contract)), deadline, next -> rounds.add(next.value()));
    for (byte[] record : rounds) {
      if (WireFormat.ROUND_RECORD.frames(record)) {
        history.records.add(PublishedRound.of(record));
      }
    }
    List<MalformedRecordException> malformed = new ArrayList<>();
    LogHistory.forEach(
        endpoint,
        List.of(Topic.MODELS.of(contract)),
        deadline,
        next -> {
          try {
            history.accept(WireFormat.MODEL_CHUNK.decode(next.value()), next.value());
          } catch (MalformedRecordException e) {
            malformed.add(e);
          }
        });
    if (!malformed.isEmpty()) {
      throw malformed.get(0);
    }
    return history;
  }

  private void accept(ModelChunk chunk, byte[] published) {
    chunkHashes
        .computeIfAbsent(chunk.getRound(), round -> new TreeMap<>())
        .computeIfAbsent(chunk.getChunkIndex(), index -> new TreeSet<>())
        .add(Hash.sha256(published).hex());
  }

  /** Rounds that have two different records, or two different contents for one chunk. */
  public Set<Long> roundsWithTwoModels() {
    Map<Long, PublishedRound> first = new TreeMap<>();
    Set<Long> doubled = new TreeSet<>();
    for (PublishedRound record : records) {
      PublishedRound before = first.putIfAbsent(record.round(), record);
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
