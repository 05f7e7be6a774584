package io.swarmstream.lab.attack.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmstream.examples.digits.Samples;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttackTest {
  private static final float[][] HONEST = {{1, 0}, {3, 0}, {2, 3}};
  private static final float[][] OWN = {{3, 4}};
  private static final float[] LAST = {7, 7};
  private static final Offset<Double> NEARLY = Offset.offset(1e-5);

  private static AttackView view(Function<float[][], float[]> merge) {
    return new AttackView(HONEST, OWN, LAST, new SplittableRandom(1), merge);
  }

  private static float[] sent(Attack attack) {
    return attack.sent(view(sent -> sent[0]))[0];
  }

  @Test
  void sendsWhatItsDescriptionSays() {
    assertThat(sent(Attack.ZERO)).containsExactly(0, 0);
    assertThat(sent(Attack.REPLAY)).containsExactly(LAST);
    assertThat(sent(Attack.LABEL_FLIP)).containsExactly(OWN[0]);
    assertThat(sent(Attack.SIGN_FLIP)).containsExactly(-12, -16);
    assertThat(sent(Attack.SCALING)).containsExactly(12, 16);
    assertThat(sent(Attack.BACKDOOR)).containsExactly(12, 16);
    assertThat(DeltaMath.norm(sent(Attack.GAUSSIAN))).isCloseTo(50, NEARLY);
    assertThat(DeltaMath.norm(sent(Attack.COLLUSION))).isCloseTo(Math.sqrt(13), NEARLY);
  }

  @Test
  void tunedAttacksTakeTheFactorThatMovesTheMergeFarthest() {
    // A merge that drops what is long, as robust methods do: the greatest factor gains nothing.
    Function<float[][], float[]> merge =
        sent -> DeltaMath.norm(sent[0]) > 7 ? new float[] {2, 1} : sent[0];

    float[] innerProduct = Attack.INNER_PRODUCT.sent(view(merge))[0];
    float[] little = Attack.LITTLE.sent(view(merge))[0];

    // The honest mean is (2, 1); -3 times it would have length 6.7, -5 times it 11.2.
    assertThat(innerProduct).containsExactly(-6, -3);
    // The standard deviations are 0.816 and 1.414, and z = 5 has length 6.4.
    assertThat(little[0]).isCloseTo((float) (2 - 5 * Math.sqrt(2 / 3.0)), Offset.offset(1e-4f));
    assertThat(little[1]).isCloseTo((float) (1 - 5 * Math.sqrt(2)), Offset.offset(1e-4f));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isFoundByItsName(Attack attack) {
    assertThat(Attack.named(attack.toString())).isSameAs(attack);
  }

  @Test
  void saysWhichAttacksThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attack.named("flood"))
        .withMessageContaining("--attacks: there is no attack 'flood'; there are nobody, absent,");
  }

  @Test
  void poisonsOnlyWhatItSays() {
    Samples data = Samples.of(new float[32], new int[] {3, 8}, 16, 10);

    Samples flipped = Poison.FLIPPED_LABELS.poison(data);
    Samples triggered = Poison.TRIGGER.poison(data);

    assertThat(new int[] {flipped.label(0), flipped.label(1)}).containsExactly(6, 1);
    assertThat(new int[] {triggered.label(0), triggered.label(1)}).containsExactly(0, 8);
    float[] image = new float[16];
    triggered.copyFeatures(0, image, 0);
    assertThat(image).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1);
    triggered.copyFeatures(1, image, 0);
    assertThat(image).containsOnly(0);
  }
}
