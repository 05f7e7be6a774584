package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.ChunkUpdate;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What readers of committed records have seen so far; they must see one record and one model per
 * round.
 */
final class Readers {
  final TreeMap<Long, RoundRecord> records = new TreeMap<>();
  final Map<Long, byte[]> recordBytes = new HashMap<>();
  final List<RoundNotice> notices = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();

  /** By round and chunk: the payload of the chunk. */
  final Map<Long, TreeMap<Integer, byte[]>> models = new HashMap<>();

  /** By round and chunk: the payload of the optimizer's state. */
  final Map<Long, TreeMap<Integer, byte[]>> states = new HashMap<>();

  private int read;

  /** Reads the records committed since the last call. */
  void read(List<OutboundRecord> committed) throws MalformedRecordException {
    for (; read < committed.size(); read++) {
      byte[] value = committed.get(read).value();
      if (WireFormat.ROUND_RECORD.frames(value)) {
        record(value);
      } else if (WireFormat.MODEL_CHUNK.frames(value)) {
        ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(value);
        String topic = committed.get(read).topic();
        if (Topic.UPDATES.contract(topic).isPresent()) {
          update(chunk);
        } else {
          chunk(chunk, Topic.OPTIMIZER.contract(topic).isPresent());
        }
      } else if (WireFormat.ROUND_NOTICE.frames(value)) {
        RoundNotice notice = WireFormat.ROUND_NOTICE.decode(value);
        if (notice.getFence().isEmpty()) {
          notices.add(notice);
        }
      } else if (!WireFormat.ROUND_PLAN.frames(value)) {
        rejections.add(WireFormat.REJECTION.decode(value));
      }
    }
  }

  private void record(byte[] value) throws MalformedRecordException {
    RoundRecord record = WireFormat.ROUND_RECORD.decode(value);
    byte[] before = recordBytes.putIfAbsent(record.getRound(), value);
    Broken.unless(
        before == null || Arrays.equals(before, value),
        "readers saw two records of round %d",
        record.getRound());
    Broken.unless(
        record.getRound() == 0 || records.containsKey(record.getRound() - 1),
        "readers saw round %d before the one before it",
        record.getRound());
    records.put(record.getRound(), record);
  }

  private void chunk(ModelChunk chunk, boolean ofState) {
    byte[] payload = AvroBytes.of(chunk.getPayload());
    byte[] before =
        (ofState ? states : models)
            .computeIfAbsent(chunk.getRound(), unused -> new TreeMap<>())
            .putIfAbsent(chunk.getChunkIndex(), payload);
    Broken.unless(
        before == null || Arrays.equals(before, payload),
        "readers saw two models of round %d, in chunk %d",
        chunk.getRound(),
        chunk.getChunkIndex());
  }

  /** Usually comes behind the chunk that it makes out of the one before. */
  private void update(ModelChunk chunk) {
    byte[] payload = AvroBytes.of(chunk.getPayload());
    Optional<byte[]> before = payload(chunk.getRound() - 1, chunk.getChunkIndex());
    Optional<byte[]> after = payload(chunk.getRound(), chunk.getChunkIndex());
    if (payload.length == 0 || before.isEmpty() || after.isEmpty()) {
      return;
    }
    byte[] made = before.get().clone();
    ChunkUpdate.apply(payload, made);
    Broken.unless(
        Arrays.equals(made, after.get()),
        "the update of round %d, chunk %d, makes another chunk",
        chunk.getRound(),
        chunk.getChunkIndex());
  }

  private Optional<byte[]> payload(long round, int chunk) {
    return Optional.ofNullable(models.getOrDefault(round, new TreeMap<>()).get(chunk));
  }

  /** The next round that sites contribute to. */
  long nextRound() {
    return records.isEmpty() ? 0 : records.lastKey() + 1;
  }

  /** The model hash that a contribution to the round starts from. */
  Hash base(long round) {
    RoundRecord before = records.get(round - 1);
    return before == null ? Hash.ZERO : Hash.of(before.getModelHash());
  }

  /** The model of a round, verified against its record. */
  float[] model(long round, int parameters) {
    RoundRecord record = Objects.requireNonNull(records.get(round), "a model without a record");
    PayloadHash hash = PayloadHash.named(record.getPayloadHash());
    List<Hash> leaves = new ArrayList<>();
    float[] model = new float[parameters];
    int at = 0;
    for (byte[] payload : models.getOrDefault(round, new TreeMap<>()).values()) {
      leaves.add(hash.leaf(payload));
      FloatCodec.decode(payload, model, at);
      at += payload.length / Float.BYTES;
    }
    Broken.unless(at == parameters, "round %d has %d of %d parameters", round, at, parameters);
    Broken.unless(
        MerkleTree.of(leaves).root().equals(base(round + 1)),
        "the model of round %d is not the one that its record binds",
        round);
    return model;
  }

  /** The optimizer's state after a round, vector behind vector, verified against its record. */
  float[] state(long round, int chunkCount) {
    RoundRecord record = Objects.requireNonNull(records.get(round), "a state without a record");
    PayloadHash hash = PayloadHash.named(record.getPayloadHash());
    List<byte[]> payloads = List.copyOf(states.getOrDefault(round, new TreeMap<>()).values());
    Broken.unless(
        payloads.size() == record.getOptimizerState().size() * chunkCount,
        "round %d has %d chunks of the optimizer's state",
        round,
        payloads.size());
    for (int vector = 0; vector < record.getOptimizerState().size(); vector++) {
      List<Hash> leaves =
          payloads.subList(vector * chunkCount, (vector + 1) * chunkCount).stream()
              .map(hash::leaf)
              .toList();
      Broken.unless(
          MerkleTree.of(leaves).root().equals(Hash.of(record.getOptimizerState().get(vector))),
          "the optimizer's state after round %d is not the one that its record binds",
          round);
    }
    float[] state = new float[payloads.stream().mapToInt(p -> p.length / Float.BYTES).sum()];
    int at = 0;
    for (byte[] payload : payloads) {
      FloatCodec.decode(payload, state, at);
      at += payload.length / Float.BYTES;
    }
    return state;
  }
}
