package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.TrainingReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final double UNKNOWN = Double.NaN;

  private final Headers headers = new Headers(false);

  @Test
  void tellTheMergedModelsLossAndNotThatOfTraining() {
    headers.evaluated(0.25, 0.75, 1, 4);

    assertTells(sync(9, UNKNOWN), 0.25, 0.75);
  }

  @Test
  void tellTheNewestEvaluationUntilThereIsANewerOne() {
    headers.evaluated(0.25, 0.75, 1, 4);
    sync(9, UNKNOWN);

    assertTells(sync(8, 0.1), 0.25, 0.75);
    headers.evaluated(0.2, 0.8, 2, 4);
    assertTells(sync(7, UNKNOWN), 0.2, 0.8);
  }

  @Test
  void tellNoLossOfAMergedModelThatHasNone() {
    headers.evaluated(0.25, 0.75, 1, 4);
    headers.evaluated(UNKNOWN, 0.5, 2, 4);

    assertTells(sync(9, UNKNOWN), UNKNOWN, 0.5);
  }

  @Test
  void tellWhatCameWithTheSyncOfATrainerThatDoesNotEvaluate() {
    headers.evaluated(UNKNOWN, UNKNOWN, 1, 4);

    assertTells(sync(9, 0.5), 9, 0.5);
  }

  @Test
  void tellTheLastThatIsKnownOnceTheTrainerHasFinished() {
    sync(9, UNKNOWN);
    headers.evaluated(0.25, 0.75, 4, 4);

    TrainingReport header = headers.finished(session(), CheckIn.SNAPSHOT);
    assertTells(header, 0.25, 0.75);
    assertThat(header.epochsDone()).isEqualTo(4);
    assertThat(header.epochsTotal()).isEqualTo(4);
  }

  /** Under noise a site counts as much as any other as long as it takes part. */
  @Test
  void countASiteThatIsInactiveWhereAllCountAlike() {
    assertThat(headers.finished(session(), CheckIn.INACTIVE).weight()).isZero();
    assertThat(new Headers(true).finished(session(), CheckIn.INACTIVE).weight())
        .isEqualTo(session().weight())
        .isPositive();
  }

  private static void assertTells(TrainingReport header, double loss, double metric) {
    assertThat(List.of(header.loss(), header.metric())).containsExactly(loss, metric);
  }

  private TrainingReport sync(double loss, double metric) {
    SyncRequest sync =
        new SyncRequest(false, loss, metric, 0, 0, null, CheckIn.TRAINING, Duration.ofSeconds(1));
    return headers.of(session(), sync);
  }

  private static SessionRequest session() {
    return new SessionRequest(
        "digits",
        "pytorch",
        ModelLayout.parse("w:3"),
        1,
        null,
        null,
        16,
        false,
        CheckIn.SNAPSHOT,
        4,
        false);
  }
}
