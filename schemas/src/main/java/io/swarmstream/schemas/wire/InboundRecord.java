package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.signing.RecordSignature;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came from the log, not yet looked into.
 *
 * @param topic topic's name
 * @param partition partition of the topic
 * @param offset place in the partition
 * @param appendedMs when the log took it, by its own clock, Unix milliseconds
 * @param value the bytes; empty for a tombstone; not to be changed
 * @param signature of the contract's coordinator, as far as the record claims it; null: none
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record InboundRecord(
    String topic,
    int partition,
    long offset,
    long appendedMs,
    byte[] value,
    @Nullable RecordSignature signature) {
  public InboundRecord(String topic, int partition, long offset, long appendedMs, byte[] value) {
    this(topic, partition, offset, appendedMs, value, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InboundRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && appendedMs == that.appendedMs
        && Arrays.equals(value, that.value)
        && Objects.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + Long.hashCode(offset) * 31 + partition;
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "@" + offset + " (" + value.length + " bytes)";
  }
}
