package io.swarmstream.site.node.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class WeightsFileTest {
  @Test
  void namesThePlaceThatIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (WeightsFile file =
        new WeightsFile(Path.of("/srv/klinik"), FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> file.write(0, new float[4], 4))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/srv/klinik (No space left on device); free space there");
    }
  }
}
