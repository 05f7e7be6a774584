package io.swarmstream.site.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  private static final ModelLayout MODEL = ModelLayout.parse("w:1\nhead:1");

  @TempDir private Path folder;

  @Test
  void evaluatesTheLocalModelBeforeAMergeAndTheMergedOneAfter() {
    Evaluator evaluator = Evaluator.of(EvaluatorTest::figures);

    evaluator.beforeMerge(model(8, 9));
    RoundEvaluation first = evaluator.afterMerge(merged(0), model(4, 9));
    RoundEvaluation second = evaluator.afterMerge(merged(1), model(2, 3));

    assertThat(first)
        .hasToString("round 0: on this site's data loss 4.0, metric 9.0 (local model: 8.0, 9.0)");
    assertThat(second).hasToString("round 1: on this site's data loss 2.0, metric 3.0");
    assertThat(evaluator.evaluations()).containsExactly(first, second);
  }

  @Test
  void tellsTheSwarmOfMergedModelsOnly() {
    TrainingReport trained = TrainingReport.ofLoss(7).withSamples(100);
    Evaluator evaluator = Evaluator.of(EvaluatorTest::figures);

    evaluator.beforeMerge(model(8, 9));
    assertThat(evaluator.addTo(trained)).isEqualTo(trained);
    evaluator.afterMerge(merged(0), model(Float.NaN, Float.NaN));
    assertThat(evaluator.addTo(trained)).isEqualTo(trained);
    evaluator.afterMerge(merged(1), model(4, 0.5f));
    assertThat(evaluator.addTo(trained)).isEqualTo(trained.withLoss(4).withMetric(0.5));
    evaluator.afterMerge(merged(2), model(Float.NaN, 0.25f));
    assertThat(evaluator.addTo(trained).loss()).isNaN();
  }

  @Test
  void keepsTheBestMergedModelWithWhatTheSiteTrained() {
    BestModelFile best = BestModelFile.at(folder.resolve("best.safetensors"), BestBy.LOSS);
    Evaluator evaluator = Evaluator.keepingBest(EvaluatorTest::figures, best);
    evaluator.afterMerge(merged(0), model(3, 1));
    evaluator.afterMerge(merged(1), model(2, 5));
    evaluator.afterMerge(merged(2), model(2, 6));
    NamedTensors model = model(0, 0);

    assertThat(best.load(model).round()).isEqualTo(1);
    assertThat(model.flat()).containsExactly(2, 5);
  }

  private static ModelFigures figures(NamedTensors model) {
    return new ModelFigures(model.values("w")[0], model.values("head")[0]);
  }

  private static NamedTensors model(float w, float head) {
    return NamedTensors.of(MODEL, new float[] {w, head});
  }

  private static RoundSummary merged(long round) {
    return new RoundSummary(
        "digits",
        round,
        "mean",
        List.of(),
        List.of(),
        "all-live",
        Instant.EPOCH,
        Instant.EPOCH,
        Hash.ZERO,
        Hash.ZERO,
        1,
        Double.NaN,
        0,
        0,
        0,
        List.of(),
        Hash.ZERO);
  }
}
