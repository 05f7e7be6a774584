package io.swarmstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
  @TempDir Path swarm;

  @Test
  void isFoundAsItWasWritten() throws IOException {
    Draft open = new Draft("open", 1, Duration.ofSeconds(3), null, null);
    Draft bound =
        new Draft(
            "defaultbb.cqdb.sml.hpe",
            1,
            Duration.ZERO,
            3,
            "geomedian",
            DeltaEncoding.INT8,
            64,
            new WantedLimits("none", "median*10"),
            100,
            PayloadHash.SHA_256,
            Optimizer.of("adam"),
            Privacy.of("dp(clip=1,noise=1.1)"));
    open.writeTo(swarm);
    bound.writeTo(swarm);

    assertThat(Draft.find(swarm, "open")).contains(open);
    assertThat(Draft.all(swarm)).containsExactly(bound, open);
    assertThat(Draft.find(swarm, "other")).isEmpty();
  }

  @Test
  void hasNoOptimizerUnlessItSaysSo() {
    assertThat(Draft.ofText("digits", 1, "grace-period-ms=3000").optimizer())
        .isEqualTo(Optimizer.NONE);
    assertThatThrownBy(() -> Draft.ofText("digits", 1, "grace-period-ms=3000\noptimizer=lion:"))
        .hasMessageContaining("there is no optimizer 'lion'");
  }

  @Test
  void hasNoPrivacyUnlessItSaysSo() {
    assertThat(Draft.ofText("digits", 1, "grace-period-ms=3000").privacy()).isEqualTo(Privacy.NONE);
    assertThatThrownBy(() -> Draft.ofText("digits", 1, "grace-period-ms=3000\nprivacy=veil"))
        .hasMessageContaining("there is no privacy 'veil'");
  }

  /** Drafts of earlier builds do not say it; the contract is a new one all the same. */
  @Test
  void hasBlake3UnlessItSaysOtherwise() {
    assertThat(Draft.ofText("digits", 1, "grace-period-ms=3000").payloadHash())
        .isEqualTo(PayloadHash.BLAKE3);
    assertThatThrownBy(() -> Draft.ofText("digits", 1, "grace-period-ms=3000\npayload-hash=md5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known are [blake3, sha-256]");
  }

  /** People do change the file. */
  @Test
  void isFoundInAFileThatAnEditorHasMarked() throws IOException {
    Draft draft = new Draft("digits", 1, Duration.ofSeconds(3), 2, "mean");
    draft.writeTo(swarm);
    Path file = swarm.resolve("drafts/digits.properties");
    Files.writeString(
        file, "\uFEFF" + Files.readString(file).replaceAll("#.*\n", "").replace("\n", "\r\n"));

    assertThat(Draft.find(swarm, "digits")).contains(draft);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "../outside", "", "a/b", "~", "x\ny"})
  void isNotLookedForByWhatIsNoName(String name) {
    assertThatThrownBy(() -> Draft.find(swarm, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has to start with a letter or digit");
  }

  @Test
  void isAnotherContractOnTheChainOnceItIsReset() throws IOException {
    Draft draft = new Draft("digits", 1, Duration.ZERO, 2, "mean").withMaxWeight(7);
    draft.reset().writeTo(swarm);

    assertThat(draft.contract()).isEqualTo("digits");
    assertThat(Draft.find(swarm, "digits").map(Draft::contract)).contains("digits.2");
    assertThat(Draft.find(swarm, "digits").map(Draft::maxWeight)).contains(7);
  }

  @Test
  void hasTheUsualLimitsWhereItWantsNoOthers() {
    Limits usual = new Limits("share=1/2;norm=median*100");

    assertThat(WantedLimits.USUAL.or(usual)).isEqualTo(usual);
    assertThat(new WantedLimits("none", null).or(usual).text()).isEqualTo("norm=median*100");
    assertThat(new WantedLimits("2/3", "3.50").or(usual).text()).isEqualTo("share=2/3;norm=3.5");
    assertThat(new WantedLimits("none", "none").or(usual)).isEqualTo(Limits.NONE);
    assertThatThrownBy(() -> new WantedLimits("half", null)).hasMessageContaining("'half'");
  }
}
