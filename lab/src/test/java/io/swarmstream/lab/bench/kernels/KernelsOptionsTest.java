package io.swarmstream.lab.bench.kernels;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelsOptionsTest {
  @Test
  void namesTheOptionThatIsWrong() {
    assertThatThrownBy(() -> new KernelsOptions(4, 10_000, 1, true))
        .hasMessageContaining("--sites is 4")
        .hasMessageContaining("5 to 256");
    assertThatThrownBy(() -> new KernelsOptions(8, 999, 1, true))
        .hasMessageContaining("--parameters is 999");
    assertThatThrownBy(() -> new KernelsOptions(8, 10_000, 0, true))
        .hasMessageContaining("--turns is 0");
  }

  @Test
  void saysHowMuchHeapIsNeeded() {
    long heap = 1L << 30;
    assertThatThrownBy(() -> KernelsOptions.requireHeap(8, 100_000_000, heap))
        .hasMessageContaining("1024 MiB")
        .hasMessageContaining("SWARM_JAVA_OPTIONS=-Xmx5087m");
    KernelsOptions.requireHeap(8, 10_000_000, heap);
  }
}
