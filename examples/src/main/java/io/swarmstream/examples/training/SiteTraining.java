package io.swarmstream.examples.training;

import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.time.Duration;

/** Trains at a site for a number of mini-batches at a time, and syncs with the swarm in between. */
public final class SiteTraining {
  private final SwarmSite site;
  private final Trainer trainer;
  private final SyncOptions options;

  /** Mini-batches until the next sync. */
  private int interval;

  /**
   * Prepares a training; closes neither the site nor the trainer.
   *
   * @throws io.swarmstream.site.SiteException when the layout of the trainer's model differs from
   *     the contract's
   */
  public SiteTraining(SwarmSite site, Trainer trainer, SyncOptions options) {
    this.site = site;
    this.trainer = trainer;
    this.options = options;
    this.interval = options.syncFrequency();
    site.requireLayout(layoutOf(trainer));
  }

  /**
   * A site's settings for its syncs.
   *
   * @param syncFrequency mini-batches between two rounds, unless the contract is adaptive
   * @param weight weight that the site requests
   * @param epochsTotal number of passes over its data that it plans; 0 when unknown
   * @param roundDeadline longest wait for a merged model
   */
  public record SyncOptions(
      int syncFrequency, int weight, double epochsTotal, Duration roundDeadline) {
    public SyncOptions {
      if (syncFrequency < 1) {
        throw new IllegalArgumentException(
            "syncFrequency is " + syncFrequency + "; at least 1 batch");
      }
    }
  }

  /** The layout of a trainer's model, in a contract's form. */
  public static ModelLayout layoutOf(Trainer trainer) {
    return new ModelLayout(
        trainer.layout().stream()
            .map(tensor -> new TensorShape(tensor.name(), tensor.shape()))
            .toList());
  }

  /**
   * Takes the newest model; in a new training, contributes the initial weights to round 0.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged begin() throws InterruptedException {
    Merged start = site.begin(trainer.weights(), report(Double.NaN, 0), options.roundDeadline());
    take(start);
    return start;
  }

  /**
   * Trains mini-batches from the merged model, and syncs. The number of mini-batches is {@code
   * syncFrequency}, or as many as the previous round decided.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged next() throws InterruptedException {
    long before = trainer.samplesSeen();
    double loss = trainer.trainBatches(interval);
    Merged merged =
        site.sync(
            trainer.weights(),
            report(loss, trainer.samplesSeen() - before),
            options.roundDeadline());
    take(merged);
    return merged;
  }

  private void take(Merged merged) {
    trainer.load(merged.weights());
    interval = merged.nextInterval() > 0 ? merged.nextInterval() : options.syncFrequency();
  }

  private TrainingReport report(double loss, long samples) {
    return TrainingReport.ofLoss(loss)
        .withSamples(samples)
        .withWeight(options.weight())
        .withEpochs(trainer.epochs(), options.epochsTotal());
  }
}
