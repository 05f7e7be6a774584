package io.swarmstream.lab.console;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A picture with at most 256 colours, which as a PNG is a third of one with all colours. */
final class PalettePicture {
  private static final int COLOURS = 256;

  private PalettePicture() {}

  /** Takes the most frequent colours, and for each other colour the one that is nearest to it. */
  static BufferedImage of(BufferedImage picture) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        counts.merge(picture.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    List<Integer> colours = new ArrayList<>(counts.keySet());
    colours.sort(Comparator.comparing(counts::get).reversed());
    int[] palette = colours.stream().limit(COLOURS).mapToInt(Integer::intValue).toArray();
    Map<Integer, Integer> places = new HashMap<>();
    colours.forEach(colour -> places.put(colour, nearest(palette, colour)));
    BufferedImage small =
        new BufferedImage(
            picture.getWidth(),
            picture.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        small
            .getRaster()
            .setSample(x, y, 0, places.getOrDefault(picture.getRGB(x, y) & 0xffffff, 0));
      }
    }
    return small;
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], colour) < distance(palette[best], colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int apart = ((one >> shift) & 0xff) - ((other >> shift) & 0xff);
      sum += apart * apart;
    }
    return sum;
  }
}
