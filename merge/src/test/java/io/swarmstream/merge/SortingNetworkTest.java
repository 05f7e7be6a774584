package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.merge.SortingNetwork.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortingNetworkTest {

  /** A network that sorts every input of zeros and ones sorts every input. */
  @Test
  void sortsAllZerosAndOnes() {
    for (int wires = 1; wires <= 16; wires++) {
      List<Comparator> network = SortingNetwork.sorting(wires);
      for (int input = 0; input < 1 << wires; input++) {
        int ones = Integer.bitCount(input);
        int expected = ((1 << ones) - 1) << (wires - ones);
        assertThat(run(network, input)).as("%d wires, input %d", wires, input).isEqualTo(expected);
      }
    }
  }

  @Test
  void selectsTheMiddleWithFewerComparators() {
    for (int wires = 1; wires <= 14; wires++) {
      int lower = (wires - 1) / 2;
      int upper = wires / 2;
      List<Comparator> network = SortingNetwork.selecting(wires, lower, upper);
      for (int input = 0; input < 1 << wires; input++) {
        int zeros = wires - Integer.bitCount(input);
        int output = run(network, input);
        assertThat(output >> lower & 1).as("%d wires", wires).isEqualTo(lower < zeros ? 0 : 1);
        assertThat(output >> upper & 1).as("%d wires", wires).isEqualTo(upper < zeros ? 0 : 1);
      }
    }
    assertThat(SortingNetwork.sorting(16)).hasSize(63);
    assertThat(SortingNetwork.selecting(16, 7, 8)).hasSizeLessThan(56);
  }

  private static int run(List<Comparator> network, int wires) {
    for (Comparator comparator : network) {
      int low = 1 << comparator.low();
      int high = 1 << comparator.high();
      if ((wires & low) != 0 && (wires & high) == 0) {
        wires ^= low | high;
      }
    }
    return wires;
  }
}
