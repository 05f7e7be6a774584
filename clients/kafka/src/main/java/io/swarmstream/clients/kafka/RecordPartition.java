package io.swarmstream.clients.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.wire.ModelKeys;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Where a record stands in its topic. */
public final class RecordPartition {
  private RecordPartition() {}

  /**
   * Returns the partition that follows from a key: the one that a producer would choose, but all
   * records of a model's chunk are in one.
   *
   * @param partitions how many the topic has
   */
  public static int of(String key, int partitions) {
    return BuiltInPartitioner.partitionForKey(
        ModelKeys.partitionKey(key).getBytes(UTF_8), partitions);
  }
}
