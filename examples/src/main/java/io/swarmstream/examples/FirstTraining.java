package io.swarmstream.examples;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;

/**
 * Fits the line y = 3x - 1 to this site's points, together with the other sites.
 *
 * <p>Arguments: the swarm's {@code swarm.properties}, the name of a contract whose model is one
 * tensor of two values, and a file with the site's private key, 64 hex digits.
 */
public final class FirstTraining {
  private static final int ROUNDS = 10;
  private static final int POINTS = 100;
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private FirstTraining() {}

  /** Trains until round 10 is merged; fails with a message that says what to do. */
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
    String contract = args[1];
    SiteKey key = SiteKey.ofHex(Files.readString(Path.of(args[2])).strip());
    System.out.println("The site's address is " + key.address());
    Random points = new Random(key.address().hashCode());
    // region readme
    SiteOptions options = SiteOptions.of(contract, kafka, chain);
    try (SwarmSite site = SwarmSite.join(options, key)) {
      Merged model = site.begin(new float[2], TrainingReport.empty(), DEADLINE);
      while (model.round() < ROUNDS) {
        float[] line = model.weights();
        double loss = train(line, points); // yours
        TrainingReport report = TrainingReport.ofLoss(loss).withSamples(POINTS);
        model = site.sync(line, report, DEADLINE); // merged, proven, compared with the chain
        print(model);
      }
      site.leave(); // no round waits for this site any more
    }
    // endregion
  }

  /** Moves a line towards points, one after another; returns the mean squared error. */
  private static double train(float[] line, Random points) {
    double squares = 0;
    for (int i = 0; i < POINTS; i++) {
      float x = points.nextFloat() * 2 - 1;
      float error = line[0] * x + line[1] - (3 * x - 1);
      line[0] -= 0.05f * error * x;
      line[1] -= 0.05f * error;
      squares += error * error;
    }
    return squares / POINTS;
  }

  private static void print(Merged model) {
    float[] line = model.weights();
    List<String> sites =
        model.summary().participants().stream().map(RoundParticipant::name).toList();
    System.out.printf(
        "round %2d  y = %.3f x %+.3f  mean loss %.6f  %s%n",
        model.round(), line[0], line[1], model.summary().meanLoss(), sites);
  }
}
