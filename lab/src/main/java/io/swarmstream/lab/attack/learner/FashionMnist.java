package io.swarmstream.lab.attack.learner;

import io.swarmstream.examples.digits.Samples;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The first images of Fashion-MNIST, 28 x 28 pixels each, from the place where {@code
 * python/benchmarks} looks for them. All 60,000 would take hours and say the same.
 */
final class FashionMnist {
  private static final String USUAL_FOLDER = "/usr/share/datasets/fashion-mnist";
  private static final int IMAGES = 3_000;
  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;
  private static final int HEAD_OF_IMAGES = 16;
  private static final int HEAD_OF_LABELS = 8;

  private FashionMnist() {}

  static Samples load() {
    return load(Path.of(Objects.requireNonNullElse(System.getenv("FASHION_MNIST"), USUAL_FOLDER)));
  }

  /**
   * Loads them from a folder of the data set's files.
   *
   * @throws IllegalArgumentException if the files are not there
   */
  static Samples load(Path folder) {
    byte[] pixels = read(folder, "train-images-idx3-ubyte.gz", HEAD_OF_IMAGES, IMAGES * PIXELS);
    byte[] read = read(folder, "train-labels-idx1-ubyte.gz", HEAD_OF_LABELS, IMAGES);
    float[] features = new float[pixels.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (pixels[i] & 0xff) / 255f;
    }
    int[] labels = new int[read.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = read[i];
    }
    return Samples.of(features, labels, PIXELS, CLASSES);
  }

  private static byte[] read(Path folder, String name, int head, int length) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "--data fashion-mnist: there is no %s; on Debian 'apt-get install dataset-fashion-mnist', elsewhere set FASHION_MNIST to the folder of the data set's four .gz files"
              .formatted(file));
    }
    byte[] bytes = new byte[length];
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(head);
      in.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
