package io.swarmstream.operators.payloads;

import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.GatheredDelta;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.Payloads;
import io.swarmstream.schemas.RecordLog;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * For a function alone: the deltas of chunk 1 of contract "c", of two values each, in a topic of
 * one partition, and what the test publishes of its models.
 */
public final class MemoryLog implements RecordLog {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 1, 1000);

  private final List<byte[]> deltas = new ArrayList<>();
  private final List<OutboundRecord> published = new ArrayList<>();

  /** A chunk of two values. */
  public static byte[] payload(float value) {
    return FloatCodec.encode(new float[] {value, -value});
  }

  /** Appends a delta for each value, and says how they go into a merge, with equal weights. */
  public StreamRecord<GatheredRound> gathered(String method, long round, float... values) {
    List<GatheredDelta> gathered = new ArrayList<>();
    for (float value : values) {
      gathered.add(append(value));
    }
    return new StreamRecord<>(
        new GatheredRound(
            "c", 1, 3, round, method, Encoding.FLOAT32, false, gathered, Limits.NONE));
  }

  private synchronized GatheredDelta append(float value) {
    DeltaChunk any = CONTRACT.contribution(0, 0, Hash.ZERO, CONTRACT.constant(0)).chunk(1);
    deltas.add(WireFormat.DELTA_CHUNK.encode(Payloads.replace(any, payload(value))));
    return new GatheredDelta(
        new ChunkRef(0, deltas.size() - 1), MerkleTree.leaf(payload(value)).hex(), 1);
  }

  /** Appends what was published, committed. */
  public synchronized void publish(OutboundRecord record) {
    published.add(record);
  }

  /** Makes the models topic anew. */
  public synchronized void unpublishAll() {
    published.clear();
  }

  @Override
  public synchronized byte[] read(String topic, int partition, long offset) {
    return deltas.get((int) offset);
  }

  @Override
  public synchronized <T> Optional<T> find(
      String topic, String key, long timestampMs, Function<byte[], Optional<T>> take) {
    return find(published, topic, key, timestampMs, take);
  }

  /** Looks as {@link RecordLog#find} does, in records in the order of their commits. */
  public static <T> Optional<T> find(
      List<OutboundRecord> records,
      String topic,
      String key,
      long timestampMs,
      Function<byte[], Optional<T>> take) {
    return records.stream()
        .filter(record -> record.topic().equals(topic) && record.key().equals(key))
        .filter(record -> Objects.requireNonNull(record.timestampMs()) >= timestampMs)
        .flatMap(record -> take.apply(record.value()).stream())
        .findFirst();
  }

  @Override
  public void close() {}
}
