package io.swarmstream.network.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.SiteRemark;
import io.swarmstream.network.history.DeltaRemarks.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three sites that train as usual, and a fourth. */
class DeltaRemarksTest {
  private final List<Delta> deltas = new ArrayList<>();

  DeltaRemarksTest() {
    for (long round = 7; round <= 10; round++) {
      deltas.add(new Delta("a", round, 1 + round / 100.0, 0.8));
      deltas.add(new Delta("b", round, 1.2 + round / 100.0, 0.7));
      deltas.add(new Delta("c", round, 0.8 + round / 100.0, 0.9));
    }
  }

  private void fourth(long round, @Nullable Double norm, @Nullable Double cosine) {
    deltas.add(new Delta("d", round, norm, cosine));
  }

  private String sentence(String code) {
    Map<String, SiteRemark> remarks = DeltaRemarks.of(deltas);
    assertThat(remarks).containsOnlyKeys("d");
    SiteRemark remark = Objects.requireNonNull(remarks.get("d"));
    assertThat(remark.code()).isEqualTo(code);
    return remark.sentence();
  }

  @Test
  void saysNothingOfSitesThatTrainAsUsual() {
    fourth(8, 1.1, 0.3);
    fourth(9, 9.0, 0.6);
    fourth(10, 0.2, 0.5);

    assertThat(DeltaRemarks.of(deltas)).isEmpty();
  }

  @Test
  void saysThatASiteDoesNotMove() {
    fourth(8, 0.0, null);
    fourth(9, 0.0, null);
    fourth(10, 0.0, null);

    assertThat(sentence("still")).startsWith("d does not move: its last 3 deltas have length 0.");
  }

  @Test
  void saysThatASiteSendsTheSameAgain() {
    fourth(8, 0.53125, 0.6);
    fourth(9, 0.53125, 0.4);
    fourth(10, 0.53125, 0.3);

    assertThat(sentence("repeats")).contains("exactly the same length, 0.531.");
  }

  @Test
  void saysThatASitePullsAgainstTheOthers() {
    fourth(8, 1.0, -0.1);
    fourth(9, 1.1, -0.4);
    fourth(10, 1.2, -0.25);

    assertThat(sentence("opposed")).contains("at last -0.25; half of the sites have 0.70 or more");
  }

  @Test
  void saysThatASiteMovesElsewhere() {
    fourth(8, 1.0, 0.1);
    fourth(9, 1.1, 0.15);
    fourth(10, 1.2, -0.1);

    assertThat(sentence("apart")).contains("at last -0.10");
  }

  @Test
  void saysThatASiteMovesMuchFarther() {
    fourth(8, 15.0, 0.6);
    fourth(9, 1e30, 0.6);
    fourth(10, 20.0, 0.6);

    assertThat(sentence("long")).contains("more than 10 times", "at last 20.0 against 1.10");
  }

  @Test
  void looksAtTheNewestThreeAlone() {
    fourth(7, 0.0, null);
    fourth(8, 0.0, null);
    fourth(9, 0.0, null);
    fourth(10, 1.0, 0.8);

    assertThat(DeltaRemarks.of(deltas)).isEmpty();
  }

  @Test
  void needsThreeRounds() {
    fourth(9, 0.0, null);
    fourth(10, 0.0, null);

    assertThat(DeltaRemarks.of(deltas)).isEmpty();
  }

  /** Of two nobody can say which is out of line; but a site alone may stand still. */
  @Test
  void comparesNoFewerThanThreeSites() {
    deltas.removeIf(delta -> !delta.site().equals("a"));
    for (long round = 8; round <= 10; round++) {
      fourth(round, 100.0 + round, -0.9);
    }
    assertThat(DeltaRemarks.of(deltas)).isEmpty();

    deltas.replaceAll(delta -> new Delta(delta.site(), delta.round(), 0.0, null));
    assertThat(DeltaRemarks.of(deltas)).containsOnlyKeys("a", "d");
  }

  /** Near the end of a training deltas have no direction in common. */
  @Test
  void blamesNobodyWhereHalfOfTheSitesAreBelowZero() {
    deltas.replaceAll(delta -> new Delta(delta.site(), delta.round(), delta.norm(), -0.1));
    for (long round = 8; round <= 10; round++) {
      fourth(round, 1.0 + round, -0.2);
    }

    assertThat(DeltaRemarks.of(deltas)).isEmpty();
  }

  @Test
  void saysNothingOfRecordsThatDoNot() {
    deltas.replaceAll(delta -> new Delta(delta.site(), delta.round(), null, null));

    assertThat(DeltaRemarks.of(deltas)).isEmpty();
  }
}
