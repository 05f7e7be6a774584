package io.swarmstream.clients.kafka;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings of a contract's topics that an operator may choose.
 *
 * @param deltaPartitions partitions of the deltas topic: limits how many source subtasks share it
 * @param modelPartitions partitions of the models topic; never change it later, because a chunk
 *     would then go to another partition and its old value would stay
 * @param replicationFactor copies of each record; with 3 or more, a write succeeds once all but one
 *     have it
 * @param deltaRetention how long deltas are kept, and so how far back a round can be replayed
 * @param rejectionRetention how long rejections are kept
 * @param modelLag how long a model chunk is kept at least once a newer one exists: the time that a
 *     slow site has to collect a model
 */
public record TopicOptions(
    int deltaPartitions,
    int modelPartitions,
    int replicationFactor,
    Duration deltaRetention,
    Duration rejectionRetention,
    Duration modelLag)
    implements Serializable {
  public TopicOptions {
    atLeastOne("deltaPartitions", deltaPartitions);
    atLeastOne("modelPartitions", modelPartitions);
    atLeastOne("replicationFactor", replicationFactor);
    if (deltaRetention.toMillis() < 1_000) {
      throw new IllegalArgumentException(
          "deltaRetention is " + deltaRetention + "; rounds need deltas for at least 1 s");
    }
  }

  /**
   * 4 partitions each, one replica, one week of deltas and rejections, one minute of old models.
   */
  public static TopicOptions defaults() {
    return new TopicOptions(4, 4, 1, Duration.ofDays(7), Duration.ofDays(7), Duration.ofMinutes(1));
  }

  public TopicOptions withPartitions(int newDeltaPartitions, int newModelPartitions) {
    return new TopicOptions(
        newDeltaPartitions,
        newModelPartitions,
        replicationFactor,
        deltaRetention,
        rejectionRetention,
        modelLag);
  }

  public TopicOptions withReplicationFactor(int newReplicationFactor) {
    return new TopicOptions(
        deltaPartitions,
        modelPartitions,
        newReplicationFactor,
        deltaRetention,
        rejectionRetention,
        modelLag);
  }

  public TopicOptions withDeltaRetention(Duration newDeltaRetention) {
    return new TopicOptions(
        deltaPartitions,
        modelPartitions,
        replicationFactor,
        newDeltaRetention,
        rejectionRetention,
        modelLag);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it has to be at least 1");
    }
  }
}
