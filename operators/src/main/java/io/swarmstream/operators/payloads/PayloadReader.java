package io.swarmstream.operators.payloads;

import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.ModelKeys;
import io.swarmstream.schemas.wire.RecordLog;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the payloads of admitted deltas and published models, from memory or else from the log. */
public final class PayloadReader implements AutoCloseable {
  private final PayloadCache cache;
  private final RecordLog log;

  PayloadReader(PayloadCache cache, RecordLog log) {
    this.cache = cache;
    this.log = log;
  }

  /**
   * Reads the deltas of one chunk.
   *
   * @param last whether nobody will ask for them again
   * @return one row for each delta, in their order
   * @throws IOException when the log does not give one, or gives other bytes than were admitted
   */
  public DeltaRows rows(GatheredRound round, boolean last)
      throws IOException, InterruptedException {
    float[][] rows = new float[round.deltas().size()][];
    int[] bytes = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      byte[] payload = payload(round, i, last);
      rows[i] = round.encoding().decode(payload);
      bytes[i] = payload.length;
    }
    return new DeltaRows(rows, bytes);
  }

  /** The same, not decoded; the payloads are not to be changed. */
  public List<byte[]> payloads(GatheredRound round, boolean last)
      throws IOException, InterruptedException {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < round.deltas().size(); i++) {
      payloads.add(payload(round, i, last));
    }
    return payloads;
  }

  private byte[] payload(GatheredRound round, int place, boolean last)
      throws IOException, InterruptedException {
    PayloadHash function = round.payloadHash();
    GatheredDelta delta = round.deltas().get(place);
    byte @Nullable [] cached = cache.get(function, delta.chunkHash());
    byte[] payload = cached == null ? read(round.contract(), function, delta) : cached;
    if (last) {
      cache.drop(function, delta.chunkHash());
    }
    return payload;
  }

  private byte[] read(String contract, PayloadHash function, GatheredDelta delta)
      throws IOException, InterruptedException {
    String topic = Topic.DELTAS.of(contract);
    int partition = delta.ref().partition();
    long offset = delta.ref().offset();
    byte[] payload;
    try {
      DeltaChunk chunk = WireFormat.DELTA_CHUNK.decode(log.read(topic, partition, offset));
      payload = AvroBytes.of(chunk.getPayload());
    } catch (MalformedRecordException e) {
      throw changed(topic, partition, offset, e);
    }
    if (!function.leaf(payload).hex().equals(delta.chunkHash())) {
      throw changed(topic, partition, offset, null);
    }
    return payload;
  }

  /** Keeps a published chunk in memory, when there is room. */
  public void keep(PayloadHash function, PublishedChunk chunk, byte[] payload) {
    cache.put(function, chunk.hash(), payload);
  }

  /** A published chunk will not be asked for again. */
  public void drop(PayloadHash function, PublishedChunk chunk) {
    cache.drop(function, chunk.hash());
  }

  /**
   * Reads a chunk that the job has published.
   *
   * @param topic that of models, or of the optimizer's state
   * @param chunk index of the chunk in its record
   * @param chunkCount chunks of the model
   * @return its payload, not to be changed; empty: the log does not hold it now
   * @throws IOException when the log does not answer
   */
  public Optional<byte[]> published(
      Topic topic,
      String contract,
      PayloadHash function,
      int chunk,
      int chunkCount,
      PublishedChunk wanted)
      throws IOException, InterruptedException {
    byte @Nullable [] cached = cache.get(function, wanted.hash());
    if (cached != null) {
      return Optional.of(cached);
    }
    String in = topic.of(contract);
    String key = ModelKeys.of(chunk, chunkCount, wanted.round());
    Optional<byte[]> found = find(in, key, function, wanted);
    return found.isPresent() ? found : find(in, ModelKeys.ofAnyRound(chunk), function, wanted);
  }

  private Optional<byte[]> find(
      String topic, String key, PayloadHash function, PublishedChunk wanted)
      throws IOException, InterruptedException {
    return log.find(topic, key, wanted.timestampMs(), value -> payload(value, function, wanted));
  }

  private static Optional<byte[]> payload(
      byte[] record, PayloadHash function, PublishedChunk wanted) {
    try {
      ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(record);
      byte[] payload = AvroBytes.of(chunk.getPayload());
      boolean same =
          chunk.getRound() == wanted.round() && function.leaf(payload).hex().equals(wanted.hash());
      return same ? Optional.of(payload) : Optional.empty();
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  private static IOException changed(
      String topic, int partition, long offset, @Nullable Exception cause) {
    return new IOException(
        "record %s/%d@%d is not the one that was admitted; check whether the topic was altered or recreated"
            .formatted(topic, partition, offset),
        cause);
  }

  @Override
  public void close() {
    log.close();
  }
}
