package io.swarmstream.cli.demo;

import io.swarmstream.cli.demo.DemoResult.SiteData;
import io.swarmstream.examples.digits.Evaluation;
import io.swarmstream.schemas.DeltaEncoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A result that no training had to be run for. */
public final class SampleResult {
  public static final String MODEL_HASH = "0123456789abcdef".repeat(4);
  public static final String TRANSACTION = "0x" + "fedcba9876543210".repeat(4);

  private SampleResult() {}

  /** Two sites, round 0 and one more, in which the second site did not take part. */
  public static DemoResult of(double swarm, double pooled, double firstAlone) {
    return new DemoResult(
        new DemoOptions(2, 1, "geomedian", DeltaEncoding.INT8, 1, 8, 42),
        359,
        List.of(
            new SiteData("hospital-a", "0x0a", List.of(70, 2), Set.of(0)),
            new SiteData("hospital-b", "0x0b", List.of(3, 68), Set.of(1))),
        List.of(
            round(0, List.of("hospital-a", "hospital-b"), OptionalDouble.empty(), 0.1),
            round(1, List.of("hospital-a"), OptionalDouble.of(0.75), swarm)),
        Map.of("hospital-a", 3_000L, "hospital-b", 2_000L),
        new Baselines(
            List.of(curve("hospital-a", firstAlone), curve("hospital-b", 0.2)),
            curve("pooled", pooled)),
        "eip155:31337:0x00",
        Duration.ofSeconds(21));
  }

  public static DemoResult of() {
    return of(0.9, 0.95, 0.5);
  }

  private static Round round(
      long number, List<String> participants, OptionalDouble meanLoss, double accuracy) {
    return new Round(
        number,
        participants,
        List.of(),
        meanLoss,
        new Evaluation(accuracy, 1 - accuracy),
        MODEL_HASH,
        MODEL_HASH,
        TRANSACTION,
        321);
  }

  private static Curve curve(String name, double accuracy) {
    return new Curve(
        name, List.of(new Evaluation(0.1, 2.3), new Evaluation(accuracy, 1 - accuracy)));
  }
}
