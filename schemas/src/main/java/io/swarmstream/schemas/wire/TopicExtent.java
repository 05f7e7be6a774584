package io.swarmstream.schemas.wire;

import java.io.Serializable;
import java.util.List;

/**
 * What of a topic there was to be read at one moment.
 *
 * @param topic topic's name
 * @param partitions its partitions, in their order
 */
public record TopicExtent(String topic, List<Partition> partitions) implements Serializable {
  public TopicExtent {
    partitions = List.copyOf(partitions);
  }

  /**
   * One partition.
   *
   * @param firstOffset offset that the partition begins at; above 0 once retention has taken
   *     records
   * @param endOffset offset behind the last committed record
   * @param firstAtMs when the first record that is left was appended, Unix milliseconds; {@link
   *     #EMPTY} when none is left
   */
  public record Partition(int partition, long firstOffset, long endOffset, long firstAtMs)
      implements Serializable {
    public static final long EMPTY = Long.MAX_VALUE;

    /** Whether all that was appended at this time or later is still there. */
    boolean reachesBackTo(long atMs) {
      return firstOffset == 0 || firstAtMs <= atMs;
    }
  }

  /** Whether all that was appended at this time or later is still there. */
  public boolean reachesBackTo(long atMs) {
    return partitions.stream().allMatch(partition -> partition.reachesBackTo(atMs));
  }

  /** Whether nothing was ever taken away. */
  public boolean isWhole() {
    return partitions.stream().allMatch(partition -> partition.firstOffset() == 0);
  }
}
