package io.swarmstream.testkit;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Payloads;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.RecordLog;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A record log for testing a function alone: the deltas of chunk 1 of contract "c", of two values
 * each, in a topic of one partition, and the model records that the test publishes.
 */
public final class MemoryLog implements RecordLog {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 1, 1000);

  private final List<byte[]> deltas = new ArrayList<>();
  private final List<OutboundRecord> published = new ArrayList<>();

  /** The payload of a chunk of two values. */
  public static byte[] payload(float value) {
    return FloatCodec.encode(new float[] {value, -value});
  }

  /** Appends the delta of a value and returns its offset. */
  public synchronized long append(float value) {
    DeltaChunk any = CONTRACT.contribution(0, 0, Hash.ZERO, CONTRACT.constant(0)).chunk(1);
    deltas.add(WireFormat.DELTA_CHUNK.encode(Payloads.replace(any, payload(value))));
    return deltas.size() - 1L;
  }

  /** Appends a published record as committed. */
  public synchronized void publish(OutboundRecord record) {
    published.add(record);
  }

  /** Recreates the models topic. */
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

  /** Searches as {@link RecordLog#find} does, through records in commit order. */
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
