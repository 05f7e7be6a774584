package io.swarmstream.schemas;

import java.util.Arrays;

/**
 * A record on its way to the log.
 *
 * @param topic topic's name
 * @param key what the topic is partitioned and compacted by
 * @param value framed bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record OutboundRecord(String topic, String key, byte[] value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof OutboundRecord that
        && topic.equals(that.topic)
        && key.equals(that.key)
        && Arrays.equals(value, that.value);
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
