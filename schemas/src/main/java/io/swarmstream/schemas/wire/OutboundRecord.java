package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written to the log.
 *
 * @param topic name of the topic
 * @param key partitioning and compaction key
 * @param value framed bytes; must not be modified
 * @param timestampMs time by which {@link RecordLog#find} finds the record, in a topic that keeps
 *     its writers' time; null: irrelevant
 * @param signature signature of the contract's coordinator, or the terms under which it is to sign;
 *     null: none
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record OutboundRecord(
    String topic,
    String key,
    byte[] value,
    @Nullable Long timestampMs,
    @Nullable RecordSignature signature) {
  public OutboundRecord(String topic, String key, byte[] value) {
    this(topic, key, value, null, null);
  }

  public OutboundRecord(String topic, String key, byte[] value, @Nullable Long timestampMs) {
    this(topic, key, value, timestampMs, null);
  }

  /** Returns this record, to be signed under the contract's terms. */
  public OutboundRecord under(Hash termsHash) {
    return with(RecordSignature.pending(termsHash));
  }

  public OutboundRecord with(RecordSignature other) {
    return new OutboundRecord(topic, key, value, timestampMs, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutboundRecord that
        && topic.equals(that.topic)
        && key.equals(that.key)
        && Arrays.equals(value, that.value)
        && Objects.equals(timestampMs, that.timestampMs)
        && Objects.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return (topic.hashCode() * 31 + key.hashCode()) * 31 + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return topic + " " + key + " (" + value.length + " bytes)";
  }
}
