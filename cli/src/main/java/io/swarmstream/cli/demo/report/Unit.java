package io.swarmstream.cli.demo.report;

import io.swarmstream.cli.demo.Percent;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * How a chart writes its numbers.
 *
 * @param tick beside the axis
 * @param value of a point
 */
record Unit(DoubleFunction<String> tick, DoubleFunction<String> value) {
  static final Unit PERCENT =
      new Unit(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share), Percent::of);

  static final Unit NATS =
      new Unit(
          loss -> String.format(Locale.ROOT, "%.1f", loss),
          loss -> String.format(Locale.ROOT, "%.3f", loss));
}
