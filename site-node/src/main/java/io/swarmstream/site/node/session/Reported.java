package io.swarmstream.site.node.session;

/**
 * What a trainer reported last.
 *
 * @param loss NaN: unknown
 * @param metric NaN: unknown
 * @param epochsDone passes over its data
 * @param epochsTotal passes planned; 0: unknown
 */
public record Reported(double loss, double metric, double epochsDone, double epochsTotal) {
  static final Reported NOTHING = new Reported(Double.NaN, Double.NaN, 0, 0);

  Reported progressed(double done, double total) {
    return new Reported(loss, metric, Math.max(epochsDone, done), Math.max(epochsTotal, total));
  }

  Reported quality(double newLoss, double newMetric) {
    return new Reported(newLoss, newMetric, epochsDone, epochsTotal);
  }
}
