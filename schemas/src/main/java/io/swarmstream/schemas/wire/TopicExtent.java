package io.swarmstream.schemas.wire;

import java.io.Serializable;
import java.util.List;

/**
 * The part of a topic that was readable at one moment.
 *
 * @param topic name of the topic
 * @param partitions partitions of the topic, in order
 */
public record TopicExtent(String topic, List<Partition> partitions) implements Serializable {
  public TopicExtent {
    partitions = List.copyOf(partitions);
  }

  /**
   * The readable part of one partition.
   *
   * @param firstOffset offset at which the partition begins; above 0 once retention has deleted
   *     records
   * @param endOffset offset after the last committed record
   * @param firstAtMs when the first remaining record was appended, Unix milliseconds; {@link
   *     #EMPTY} if none remains
   */
  public record Partition(int partition, long firstOffset, long endOffset, long firstAtMs)
      implements Serializable {
    public static final long EMPTY = Long.MAX_VALUE;

    /** Whether every record appended at this time or later is still there. */
    boolean reachesBackTo(long atMs) {
      return firstOffset == 0 || firstAtMs <= atMs;
    }
  }

  /** Whether every record appended at this time or later is still there. */
  public boolean reachesBackTo(long atMs) {
    return partitions.stream().allMatch(partition -> partition.reachesBackTo(atMs));
  }

  /** Whether no record was ever deleted. */
  public boolean isWhole() {
    return partitions.stream().allMatch(partition -> partition.firstOffset() == 0);
  }
}
