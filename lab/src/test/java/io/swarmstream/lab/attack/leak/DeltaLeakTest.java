package io.swarmstream.lab.attack.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.examples.digits.Digits;
import io.swarmstream.lab.attack.leak.LeakResult.Inverted;
import io.swarmstream.lab.attack.learner.AttackData;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DeltaLeakTest {
  private static final long SEED = 1;

  @Test
  void anImageIsReadOffTheDeltaOfOneImageAndHardlyOffThatOfARound() {
    System.out.println("DeltaLeakTest: seed " + SEED);
    DeltaLeak leak =
        new DeltaLeak(new LeakOptions(AttackData.DIGITS, 12, 1, 1, SEED), Digits.load(), SEED)
            .play();

    List<Inverted> inverted = leak.inverted();
    Inverted one = inverted.get(0);
    Inverted round = inverted.get(inverted.size() - 1);
    assertThat(one.trainedOn()).isEqualTo("1 image");
    assertThat(one.recognised()).isEqualTo(1);
    assertThat(one.correlation()).isGreaterThan(0.999);
    assertThat(round.trainedOn()).isEqualTo("a round");
    assertThat(round.recognised()).isLessThan(0.2);
    assertThat(leak.memberships()).allSatisfy(told -> assertThat(told.auc()).isBetween(0.4, 0.7));
  }

  @Test
  void membersWhoseLossFallsFartherAreFound() {
    double[] strangers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    MembershipInference.Told clear = MembershipInference.tell(new double[] {10, 11}, strangers);
    MembershipInference.Told alike = MembershipInference.tell(strangers, strangers);

    assertThat(clear.auc()).isEqualTo(1);
    assertThat(clear.found()).isEqualTo(1);
    assertThat(alike.auc()).isEqualTo(0.5, Offset.offset(1e-9));
    assertThat(alike.found()).isZero();
  }
}
