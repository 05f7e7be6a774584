package io.swarmstream.operators.payloads;

import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.schemas.AvroBytes;
import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.RecordLog;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.DeltaChunk;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads admitted payloads, from memory where they are still there, else from the log. */
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
   * @return one row per delta, in their order
   * @throws IOException when the log does not give one, or gives other bytes than were admitted
   */
  public float[][] rows(GatheredRound round, boolean last)
      throws IOException, InterruptedException {
    List<GatheredDelta> deltas = round.deltas();
    float[][] rows = new float[deltas.size()][];
    for (int i = 0; i < rows.length; i++) {
      GatheredDelta delta = deltas.get(i);
      byte @Nullable [] cached = cache.get(delta.chunkHash());
      byte[] payload = cached == null ? read(round.contract(), delta) : cached;
      rows[i] = round.encoding().decode(payload);
      if (last) {
        cache.drop(delta.chunkHash());
      }
    }
    return rows;
  }

  private byte[] read(String contract, GatheredDelta delta)
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
    if (!MerkleTree.leaf(payload).hex().equals(delta.chunkHash())) {
      throw changed(topic, partition, offset, null);
    }
    return payload;
  }

  private static IOException changed(
      String topic, int partition, long offset, @Nullable Exception cause) {
    return new IOException(
        "record %s/%d@%d is not the one that was admitted; the log was changed, or the topic made anew"
            .formatted(topic, partition, offset),
        cause);
  }

  @Override
  public void close() {
    log.close();
  }
}
