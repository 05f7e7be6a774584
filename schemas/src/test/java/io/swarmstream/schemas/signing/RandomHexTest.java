package io.swarmstream.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomHexTest {
  @Test
  void hasTwoDigitsForEachByteAndIsNeverTheSame() {
    assertThat(RandomHex.ofBytes(32)).matches("[0-9a-f]{64}");
    assertThat(IntStream.range(0, 1000).mapToObj(i -> RandomHex.ofBytes(16)))
        .doesNotHaveDuplicates();
  }
}
