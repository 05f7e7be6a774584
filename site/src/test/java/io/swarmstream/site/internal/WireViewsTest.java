package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.log.NoticeText;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireViewsTest {
  private static final TrainingReport REPORT =
      TrainingReport.ofLoss(0.31)
          .withSamples(357)
          .withWeight(2)
          .withMetric(0.9)
          .withEpochs(1.5, 4)
          .withCheckIn(CheckIn.SNAPSHOT);

  @Test
  void aReportIsTheHeaderOfItsContribution() {
    assertThat(WireViews.header(REPORT))
        .isEqualTo(new ContributionHeader(2, 357L, 0.31, 0.9, 1.5, 4.0, "snapshot"));
    assertThat(WireViews.report(WireViews.header(REPORT))).isEqualTo(REPORT);
  }

  /** As text: no NaN equals another one. */
  @Test
  void anEmptyReportSaysThatTheSiteTrains() {
    assertThat(WireViews.header(TrainingReport.empty()))
        .hasToString(
            new ContributionHeader(1, 0L, Double.NaN, Double.NaN, 0.0, 0.0, "training").toString());
  }

  @Test
  void aReportOfAnUnknownReasonIsReadAndNotSent() {
    TrainingReport later =
        WireViews.report(new ContributionHeader(1, 0L, 0.0, 0.0, 0.0, 0.0, "a-later-reason"));

    assertThat(later.checkIn()).isEmpty();
    assertThatThrownBy(() -> WireViews.header(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withCheckIn");
  }

  @Test
  void aSummarySaysWhatTheRecordSays() throws Exception {
    Hash contribution = Hash.sha256(new byte[] {1});
    Hash model = Hash.sha256(new byte[] {2});
    Hash before = Hash.sha256(new byte[] {3});
    RoundRecord record =
        RoundRecord.newBuilder()
            .setContract("demo")
            .setTermsHash(Hash.ZERO.toAvro())
            .setRound(4)
            .setMethod("mean")
            .setParticipants(
                List.of(
                    new Participant(
                        "0xaa", "hospital-a", contribution.toAvro(), WireViews.header(REPORT))))
            .setLeftOut(List.of("hospital-b"))
            .setClosedBy("grace-period")
            .setBaseHash(before.toAvro())
            .setModelHash(model.toAvro())
            .setParameterCount(1_700)
            .setChunkCount(1)
            .setMeanLoss(0.5)
            .setIterations(0)
            .setGap(0)
            .setOpenedAtMs(1_000)
            .setClosedAtMs(2_500)
            .setDrift(0.1)
            .setAllowedDrift(0.2)
            .setNextInterval(16)
            .setNormLimit(3)
            .setNorms(List.of(6.0))
            .build();
    PublishedRound sealed = PublishedRound.of(WireFormat.ROUND_RECORD.encode(record));

    RoundSummary summary = WireViews.summary(sealed, 1_700);

    assertThat(summary)
        .isEqualTo(
            new RoundSummary(
                "demo",
                4,
                "mean",
                List.of(new RoundParticipant("0xaa", "hospital-a", contribution, REPORT)),
                List.of("hospital-b"),
                "grace-period",
                Instant.ofEpochMilli(1_000),
                Instant.ofEpochMilli(2_500),
                before,
                model,
                1_700,
                0.5,
                0.1,
                0.2,
                16,
                summary.clipped(),
                sealed.hash()));
    assertThat(summary.clipped())
        .singleElement()
        .satisfies(clipped -> assertThat(clipped.factor()).isEqualTo(0.5));
    assertThat(summary.anchor()).isEqualTo(sealed.anchor());
    assertThat(summary).hasToString(sealed.toString());
  }

  @Test
  void aNoticeSaysInWordsWhatItSaysOnTheWire() {
    RoundNotice notice =
        new RoundNotice("c", 3L, 1, 2, List.of("b"), 1, List.of("d"), 9_000L, "", 5_000L);

    RoundProgress progress = WireViews.progress(notice);

    assertThat(progress)
        .isEqualTo(
            new RoundProgress(
                3,
                1,
                2,
                List.of("b"),
                1,
                List.of("d"),
                Optional.of(Instant.ofEpochMilli(9_000)),
                Instant.ofEpochMilli(5_000)));
    assertThat(progress.waitsFor()).isEqualTo(NoticeText.waitsFor(notice));
    assertThat(progress.inWords()).isEqualTo(NoticeText.inWords(notice));
    assertThat(progress.names("b") && progress.names("d")).isTrue();
    assertThat(progress.names("a")).isFalse();
    RoundNotice early =
        new RoundNotice("c", 3L, 1, 2, List.of("b"), 1, List.of("d"), -1L, "", 5_000L);
    assertThat(WireViews.progress(early).closesAt()).isEmpty();
  }
}
