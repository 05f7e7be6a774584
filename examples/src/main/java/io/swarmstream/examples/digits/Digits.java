package io.swarmstream.examples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The 1,797 handwritten digits that the demo trains on, 8 x 8 pixels each.
 *
 * <p>The file is a resource of this package; {@code DIGITS.md} beside it names its authors, licence
 * and source.
 */
public final class Digits {
  /** Pixels of an image. */
  public static final int PIXELS = 64;

  /** The digits 0 to 9. */
  public static final int CLASSES = 10;

  static final String RESOURCE = "digits.csv.gz";

  /** A pixel counts the dark dots in a 4 x 4 block of the scan. */
  private static final float DARKEST = 16f;

  private Digits() {}

  /**
   * All digits in the file's order, pixels scaled to [0, 1].
   *
   * @throws UncheckedIOException when the resource is missing or cut short
   */
  public static Samples load() {
    try (InputStream packed = Digits.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new IOException("resource " + RESOURCE + " is not on the class path");
      }
      try (var lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
        return parse(lines.lines().toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the handwritten digits", e);
    }
  }

  private static Samples parse(List<String> lines) throws IOException {
    float[] pixels = new float[lines.size() * PIXELS];
    int[] labels = new int[lines.size()];
    for (int line = 0; line < labels.length; line++) {
      String[] fields = lines.get(line).split(",", -1);
      if (fields.length != PIXELS + 1) {
        throw new IOException(
            "line %d of %s has %d fields, expected %d pixels and a label"
                .formatted(line + 1, RESOURCE, fields.length, PIXELS));
      }
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        pixels[line * PIXELS + pixel] = Float.parseFloat(fields[pixel]) / DARKEST;
      }
      labels[line] = Integer.parseInt(fields[PIXELS]);
    }
    return Samples.of(pixels, labels, PIXELS, CLASSES);
  }
}
