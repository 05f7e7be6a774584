package io.swarmstream.lab.attack.suite;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;

/** Mean and range of a figure over the seeds. */
record SeedRange(double mean, double least, double most) {
  static SeedRange of(Collection<Double> values) {
    DoubleSummaryStatistics all =
        values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return new SeedRange(all.getAverage(), all.getMin(), all.getMax());
  }
}
