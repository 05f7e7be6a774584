package io.swarmstream.examples;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.site.training.BestBy;
import io.swarmstream.site.training.BestModelFile;
import io.swarmstream.site.training.Evaluator;
import io.swarmstream.site.training.ModelFigures;
import io.swarmstream.site.training.NamedTensors;
import io.swarmstream.site.training.Patience;
import io.swarmstream.site.training.ProximalTerm;
import io.swarmstream.site.training.SharedTensors;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;

/**
 * Fits y = 3 a - 2 b + c to this site's points, together with the other sites: 3 and -2 are the
 * same at all sites, c is another one at each. So the sites share the slopes, and each keeps a head
 * of its own.
 *
 * <p>Arguments: the swarm's {@code swarm.properties}, the name of a contract whose model is the
 * tensor {@code body.slopes} of two values, a file with the site's private key, 64 hex digits, and
 * a file for the best model.
 */
public final class PersonalHead {
  private static final ModelLayout MODEL = ModelLayout.parse("body.slopes:2\nhead.offset:1");
  private static final ProximalTerm PROXIMAL = new ProximalTerm(0.1);
  private static final int PATIENCE = 3;
  private static final float LEARNING_RATE = 0.05f;
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private PersonalHead() {}

  /** Trains until all sites stop; fails with a message that says what to do. */
  public static void main(String[] args) throws Exception {
    Properties swarm = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
      swarm.load(file);
    }
    KafkaEndpoint kafka = KafkaEndpoint.of(swarm.getProperty("kafka"));
    ChainOptions chain =
        ChainOptions.of(
            swarm.getProperty("chain"),
            swarm.getProperty("training-contracts"),
            swarm.getProperty("round-anchors"));
    SiteKey key = SiteKey.ofHex(Files.readString(Path.of(args[2])).strip());
    System.out.println("The site's address is " + key.address());
    Points points = new Points(new Random(key.address().hashCode()));
    try (SwarmSite site = SwarmSite.join(SiteOptions.of(args[1], kafka, chain), key)) {
      train(site, points, BestModelFile.at(Path.of(args[3]), BestBy.LOSS));
      site.leave();
    }
  }

  // region loop
  private static void train(SwarmSite site, Points points, BestModelFile best) throws Exception {
    SharedTensors shared = SharedTensors.of(MODEL, "*", "!head.*").inOrderOf(site.layout());
    Evaluator evaluator = Evaluator.keepingBest(points::evaluate, best);
    Patience patience = Patience.of(PATIENCE);
    NamedTensors model = NamedTensors.zeros(MODEL);
    TrainingReport report =
        TrainingReport.empty()
            .withWeight(Math.min(points.count(), site.maxWeight())) // as FedAvg weighs sites
            .withSamples(points.count());

    Merged merged = site.begin(shared.take(model), report, DEADLINE);
    shared.put(merged.weights(), model);
    evaluator.afterMerge(merged.summary(), model);
    while (!patience.saw(merged.summary()) && !merged.summary().endsTraining()) {
      points.train(model, shared, merged.weights()); // yours
      evaluator.beforeMerge(model);
      merged = site.sync(shared.take(model), evaluator.addTo(report), DEADLINE);
      shared.put(merged.weights(), model); // the head stays as it was trained
      System.out.println(evaluator.afterMerge(merged.summary(), model));
    }
    int stoppedAfter = Math.toIntExact(merged.round());
    merged = site.finish(shared.take(model), evaluator.addTo(report), DEADLINE);
    System.out.printf("stopped after round %d of %d%n", stoppedAfter, merged.round());
    print("best, of round " + best.load(model).round(), model);
  }

  // endregion

  private static void print(String what, NamedTensors model) {
    float[] slopes = model.values("body.slopes");
    System.out.printf(
        "%s: y = %.2f a %+.2f b %+.2f%n",
        what, slopes[0], slopes[1], model.values("head.offset")[0]);
  }

  /** A site's own data: noisy points, and as many of them as chance has it. */
  private static final class Points {
    private final float[][] points;
    private final int trained;

    Points(Random random) {
      points = new float[100 + random.nextInt(100)][];
      trained = points.length * 3 / 4;
      float offset = random.nextFloat() * 10 - 5;
      for (int i = 0; i < points.length; i++) {
        float a = random.nextFloat() * 2 - 1;
        float b = random.nextFloat() * 2 - 1;
        float noise = (float) random.nextGaussian() * 0.1f;
        points[i] = new float[] {a, b, 3 * a - 2 * b + offset + noise};
      }
    }

    int count() {
      return trained;
    }

    /** Passes over the training points once; the proximal term holds the slopes back. */
    void train(NamedTensors model, SharedTensors shared, float[] merged) {
      NamedTensors gradient = NamedTensors.zeros(MODEL);
      for (int i = 0; i < trained; i++) {
        float error = error(model, points[i]);
        gradient.fill(new float[] {error * points[i][0], error * points[i][1], error});
        PROXIMAL.addTo(gradient, model, shared, merged);
        float[] weights = model.flat();
        float[] slope = gradient.flat();
        for (int at = 0; at < weights.length; at++) {
          weights[at] -= LEARNING_RATE * slope[at];
        }
        model.fill(weights);
      }
    }

    /** On the other points: the mean squared error, and the share that is closer than 0.3. */
    ModelFigures evaluate(NamedTensors model) {
      double squares = 0;
      double close = 0;
      for (int i = trained; i < points.length; i++) {
        float error = error(model, points[i]);
        squares += error * error;
        close += Math.abs(error) < 0.3 ? 1 : 0;
      }
      int count = points.length - trained;
      return new ModelFigures(squares / count, close / count);
    }

    private static float error(NamedTensors model, float[] point) {
      float[] slopes = model.values("body.slopes");
      float offset = model.values("head.offset")[0];
      return slopes[0] * point[0] + slopes[1] * point[1] + offset - point[2];
    }
  }
}
