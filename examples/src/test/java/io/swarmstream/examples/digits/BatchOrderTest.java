package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchOrderTest {

  @Test
  void anEpochHoldsEverySampleOnce() {
    int[] epoch = new BatchOrder(10, 1).next(10);

    assertThat(epoch).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void everyEpochHasItsOwnOrder() {
    BatchOrder order = new BatchOrder(10, 1);

    assertThat(order.next(10)).isNotEqualTo(order.next(10));
  }

  @Test
  void aBatchAtTheEndOfAnEpochIsFilledUpFromTheNext() {
    BatchOrder order = new BatchOrder(3, 1);

    assertThat(order.next(7)).hasSize(7).contains(0, 1, 2);
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(new BatchOrder(50, 1).next(50)).isEqualTo(new BatchOrder(50, 1).next(50));
    assertThat(new BatchOrder(50, 1).next(50)).isNotEqualTo(new BatchOrder(50, 2).next(50));
  }
}
