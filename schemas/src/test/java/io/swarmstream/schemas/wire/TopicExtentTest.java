package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicExtentTest {

  private static TopicExtent of(TopicExtent.Partition... partitions) {
    return new TopicExtent("c.deltas", List.of(partitions));
  }

  @Test
  void isWholeWhileNoPartitionLostARecord() {
    assertThat(of(new TopicExtent.Partition(0, 0, 9, 5)).isWhole()).isTrue();
    assertThat(
            of(new TopicExtent.Partition(0, 0, 9, 5), new TopicExtent.Partition(1, 1, 9, 5))
                .isWhole())
        .isFalse();
  }

  @Test
  void reachesBackAsFarAsItsShortestPartition() {
    TopicExtent extent =
        of(new TopicExtent.Partition(0, 3, 9, 100), new TopicExtent.Partition(1, 4, 9, 200));

    assertThat(extent.reachesBackTo(200)).isTrue();
    assertThat(extent.reachesBackTo(199)).isFalse();
  }

  @Test
  void saysNothingOfTheTimeBeforeAPartitionThatLostAllItsRecords() {
    TopicExtent extent = of(new TopicExtent.Partition(0, 9, 9, TopicExtent.Partition.EMPTY));

    assertThat(extent.reachesBackTo(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void anEmptyPartitionThatNeverHadARecordHidesNothing() {
    TopicExtent extent = of(new TopicExtent.Partition(0, 0, 0, TopicExtent.Partition.EMPTY));

    assertThat(extent.isWhole()).isTrue();
    assertThat(extent.reachesBackTo(0)).isTrue();
  }
}
