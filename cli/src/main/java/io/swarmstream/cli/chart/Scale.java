package io.swarmstream.cli.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values from 0 to {@code max} to a range of pixels.
 *
 * @param from pixel of 0
 * @param to pixel of {@code max}
 */
record Scale(double max, double from, double to) {
  private static final int TICKS = 5;

  /** The smallest maximum that is a tick and no less than a value. */
  static double roundedUp(double value) {
    if (value <= 0) {
      return 1;
    }
    double step = step(value / TICKS);
    return Math.ceil(value / step * 0.9999) * step;
  }

  double at(double value) {
    return from + (to - from) * value / max;
  }

  List<Double> ticks() {
    return ticks(TICKS);
  }

  /** Round values from 0 to the maximum, roughly {@code about} of them at most. */
  List<Double> ticks(int about) {
    double step = step(max / about);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= max * 1.0001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The smallest of 1, 2, 5, 10, 20 … and their tenths that is no less than a value. */
  static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= atLeast * 0.9999) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
