package io.swarmstream.lab.attack.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmstream.examples.digits.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  private static final int IMAGES = 3_000;

  @TempDir private Path folder;

  @Test
  void readsImagesAndLabelsBehindTheirHeads() throws IOException {
    byte[] images = new byte[16 + IMAGES * 784];
    byte[] labels = new byte[8 + IMAGES];
    images[16] = (byte) 255;
    labels[8] = 9;
    write("train-images-idx3-ubyte.gz", images);
    write("train-labels-idx1-ubyte.gz", labels);

    Samples read = FashionMnist.load(folder);

    float[] first = new float[784];
    read.copyFeatures(0, first, 0);
    assertThat(read.size()).isEqualTo(IMAGES);
    assertThat(read.label(0)).isEqualTo(9);
    assertThat(first[0]).isEqualTo(1);
    assertThat(first[1]).isZero();
  }

  @Test
  void saysWhereTheDataComesFrom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FashionMnist.load(folder))
        .withMessageContaining("there is no " + folder)
        .withMessageContaining("apt-get install dataset-fashion-mnist");
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      file.write(bytes);
    }
  }
}
