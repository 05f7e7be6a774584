package io.swarmstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void saysByHowMuchTheSwarmIsBetterAndWorse() {
    assertThat(Verdict.comparison(SampleResult.of(0.9, 0.95, 0.5)))
        .isEqualTo(
            "The swarm is 40.0 points above the best site alone (hospital-a, 50.0 %) and 5.0 points"
                + " below training on all data pooled.");
  }

  @Test
  void admitsThatASiteDoesBetterAlone() {
    assertThat(Verdict.comparison(SampleResult.of(0.4, 0.4, 0.5)))
        .contains("10.0 points below the best site alone")
        .contains("level with training on all data pooled");
  }

  @Test
  void saysWhatASiteSent() {
    assertThat(Verdict.sent(SampleResult.of()))
        .isEqualTo("A site sent 1,250 bytes of deltas a round, encoded as int8.");
  }

  @Test
  void namesTheModelThatAllHold() {
    assertThat(Verdict.oneModel(SampleResult.of())).contains(SampleResult.MODEL_HASH);
  }
}
