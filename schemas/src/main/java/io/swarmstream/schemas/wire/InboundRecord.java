package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.signing.RecordSignature;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as read from the log, before it is decoded.
 *
 * @param topic name of the topic
 * @param partition partition of the topic
 * @param offset offset in the partition
 * @param appendedMs when the log appended the record, by the log's own clock, Unix milliseconds
 * @param value the bytes; empty for a tombstone; must not be modified
 * @param signature claimed signature of the contract's coordinator, not verified; null: none
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
