package io.swarmstream.operators.rig;

/** A partition of a topic. */
public record TopicPartition(String topic, int partition) {
  /** The subtask that reads it, as Kafka's source assigns it. */
  int owner(int parallelism) {
    return (((topic.hashCode() * 31) & 0x7FFFFFFF) % parallelism + partition) % parallelism;
  }
}
