package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Samples DIGITS = Digits.load();
  private static final TrainerOptions OPTIONS = new TrainerOptions(List.of(16), 16, 0.05, 0.9);

  @Test
  void stepsAsTheArithmeticOnPaperDoes() {
    PlainNetwork paper =
        new PlainNetwork(
            List.of(64, 16, 10), new DigitNetwork(List.of(64, 16, 10)).initialWeights(1));
    BatchOrder order = new BatchOrder(DIGITS.size(), 2);
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      trainer.trainBatches(20);
      for (int i = 0; i < 20; i++) {
        paper.step(DIGITS, order.next(16), 0.05, 0.9);
      }

      float[] trained = trainer.weights();
      double[] expected = paper.weights();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) trained[i]).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  @Test
  void learnsToReadDigits() {
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      Evaluation before = trainer.evaluate(DIGITS);
      double early = trainer.trainBatches(10);
      double late = trainer.trainBatches(200);
      Evaluation after = trainer.evaluate(DIGITS);

      assertThat(before.accuracy()).isLessThan(0.3);
      assertThat(after.accuracy()).isGreaterThan(0.9);
      assertThat(after.loss()).isLessThan(before.loss() / 4);
      assertThat(late).isLessThan(early);
    }
  }

  @Test
  void takesBackTheWeightsItGaveOutBitForBit() {
    float[] weights = new float[64 * 16 + 16 + 16 * 10 + 10];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      trainer.load(weights);

      assertThat(trainer.weights()).isEqualTo(weights);
    }
  }

  @Test
  void handsOutACopyOfItsWeights() {
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      float[] before = trainer.weights();
      trainer.weights()[0] = 99;

      assertThat(trainer.weights()).isEqualTo(before);
    }
  }

  @Test
  void goesOnFromTheLoadedWeights() {
    try (Trainer one = new Trainer(DIGITS, 1, 2, OPTIONS);
        Trainer other = new Trainer(DIGITS, 7, 2, OPTIONS)) {
      other.load(one.weights());
      one.trainBatches(3);
      other.trainBatches(3);

      assertThat(other.weights()).isEqualTo(one.weights());
    }
  }

  @Test
  void countsEpochsInFractions() {
    Samples forty = DIGITS.select(new SplittableRandom(1).ints(40, 0, DIGITS.size()).toArray());
    try (Trainer trainer = new Trainer(forty, 1, 2, OPTIONS)) {
      trainer.trainBatches(3);

      assertThat(trainer.epochs()).isEqualTo(48.0 / 40);
    }
  }

  @Test
  void saysHowManyWeightsItWants() {
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      assertThatThrownBy(() -> trainer.load(new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got 3 weights, the network [64, 16, 10] has 1210");
    }
  }

  @Test
  void refusesToTrainAndEvaluateOnNothing() {
    assertThatThrownBy(() -> new Trainer(DIGITS.select(new int[0]), 1, 2, OPTIONS))
        .hasMessage("there are no samples to train on");
    try (Trainer trainer = new Trainer(DIGITS, 1, 2, OPTIONS)) {
      assertThatThrownBy(() -> trainer.trainBatches(0)).hasMessageContaining("got 0");
      assertThatThrownBy(() -> trainer.evaluate(DIGITS.select(new int[0])))
          .hasMessage("there are no samples to evaluate on");
    }
  }
}
