package io.swarmstream.network.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SeriesInfo;
import io.swarmstream.network.history.RoundHistory.Standing;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundHistoryTest {
  private static final String CONTRACT = "digits";

  @TempDir private Path folder;
  private RoundHistory history;
  private ManyRounds rounds;

  @BeforeEach
  void open() throws IOException {
    history = RoundHistory.open(folder.resolve("cache"), () -> Instant.EPOCH);
    rounds = new ManyRounds(history, CONTRACT);
  }

  @AfterEach
  void close() {
    history.close();
  }

  private void reopen() throws IOException {
    history.close();
    open();
  }

  private void pass(long from, long to, int sites) {
    for (long round = from; round <= to; round++) {
      rounds.pass(round, sites);
    }
    rounds.commit();
  }

  private List<Long> numbers(long before, int count) {
    return history.before(CONTRACT, before, count).stream().map(RoundInfo::round).toList();
  }

  private Standing standing(String site) {
    return Objects.requireNonNull(history.standings(CONTRACT).get(site));
  }

  @Test
  void pagesBackFromTheNewest() {
    pass(0, 9, 2);

    assertThat(numbers(Long.MAX_VALUE, 3)).containsExactly(7L, 8L, 9L);
    assertThat(numbers(7, 3)).containsExactly(4L, 5L, 6L);
    assertThat(numbers(2, 3)).containsExactly(0L, 1L);
    assertThat(history.before("other", Long.MAX_VALUE, 3)).isEmpty();
  }

  @Test
  void tellsAllOfARound() {
    rounds.pass(3, 2, "site-2");
    rounds.commit();

    LoggedDetail round = history.detail(CONTRACT, 3).orElseThrow();
    assertThat(round.participants())
        .extracting(ParticipantInfo::site)
        .containsExactly("site-0", "site-1");
    assertThat(round.leftOut()).containsExactly("site-2");
    assertThat(round.meanMetric()).isNull();
    assertThat(round.offset()).isEqualTo(3);
    assertThat(round.publishedAt()).isEqualTo(round.closedAt().plusMillis(20));
    assertThat(history.detail(CONTRACT, 4)).isEmpty();
  }

  @Test
  void showsNothingThatIsNotCommittedAndTellsOnlyWhatItShows() {
    rounds.pass(0, 2);

    assertThat(history.last(CONTRACT)).isEmpty();
    assertThat(rounds.told()).isEmpty();

    rounds.commit();
    assertThat(history.last(CONTRACT)).contains(0L);
    assertThat(rounds.told()).containsExactly(0L);
  }

  @Test
  void readsOnAfterARestartAndTellsNoRoundTwice() throws IOException {
    pass(0, 4, 2);
    reopen();

    assertThat(history.next(Topic.ROUNDS.of(CONTRACT), "topic-1", 0)).isEqualTo(OptionalLong.of(5));
    assertThat(numbers(Long.MAX_VALUE, 9)).hasSize(5);
    pass(3, 5, 2);
    assertThat(rounds.told()).containsExactly(5L);
    assertThat(standing("site-0")).extracting(Standing::rounds).isEqualTo(6L);
  }

  @Test
  void forgetsATopicThatWasDeleted() {
    pass(0, 4, 2);

    assertThat(history.next(Topic.ROUNDS.of(CONTRACT), "topic-2", 0)).isEmpty();
    assertThat(history.newest()).isEmpty();
    assertThat(history.standings(CONTRACT)).isEmpty();
    pass(0, 0, 1);
    assertThat(history.last(CONTRACT)).contains(0L);
  }

  @Test
  void replacesARoundWhoseRecordIsAnother() {
    rounds.pass(0, 3, "site-7");
    rounds.commit();
    rounds.pass(ManyRounds.record(CONTRACT, 0, 2, List.of()), 9);
    rounds.commit();

    assertThat(history.detail(CONTRACT, 0).orElseThrow().participants()).hasSize(2);
    assertThat(standing("site-2").rounds()).isZero();
    assertThat(standing("site-0").rounds()).isEqualTo(1);
    assertThat(standing("site-7").leftOut()).isZero();
  }

  @Test
  void keepsASitesNameWhenItMovesToAnotherAccount() {
    rounds.pass(0, 1);
    var moved = ManyRounds.record(CONTRACT, 1, 1, List.of());
    moved
        .getParticipants()
        .replaceAll(site -> Participant.newBuilder(site).setSite("0x" + "f".repeat(40)).build());
    rounds.pass(moved, 1);
    rounds.commit();

    Standing site = standing("site-0");
    assertThat(site.rounds()).isEqualTo(2);
    assertThat(site.last().orElseThrow().participant().account()).isEqualTo("0x" + "f".repeat(40));
    assertThat(history.series().of(CONTRACT, 0, 1, 10, List.of("site-0")).sites().get(0).loss())
        .containsExactly(ManyRounds.loss(0, 0), ManyRounds.loss(1, 0));
  }

  @Test
  void putsSeveralRoundsIntoOneValueWhereThereAreMany() {
    pass(0, 99, 3);

    SeriesInfo series =
        history.series().of(CONTRACT, 0, Long.MAX_VALUE, 10, List.of("site-1", "x"));

    assertThat(series.step()).isEqualTo(10);
    assertThat(series.rounds()).containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L);
    assertThat(series.loss().mean()).hasSize(10).startsWith(1_000_000 - 4.5 + 1);
    assertThat(series.loss().min()).startsWith(1_000_000.0 - 9);
    assertThat(series.loss().max()).startsWith(1_000_000.0 + 2);
    assertThat(series.metric().mean()).containsOnlyNulls();
    assertThat(series.seconds()).containsOnly(0.5);
    assertThat(series.sites().get(0).loss()).startsWith(1_000_000 - 4.5 + 1);
    assertThat(series.sites().get(1).loss()).hasSize(10).containsOnlyNulls();
  }

  /** Two sites; the second stands still. */
  private static RoundRecord described(long round) {
    return RoundRecord.newBuilder(ManyRounds.record(CONTRACT, round, 2, List.of()))
        .setNorms(List.of(2.0 + round, 0.0))
        .setCosines(List.of(0.5, Double.NaN))
        .setMergedNorm(1.0 + round)
        .setBytes(List.of(40L, 44L))
        .build();
  }

  @Test
  void tellsLengthDirectionAndSizeOfDeltas() {
    for (long round = 0; round < 4; round++) {
      rounds.pass(described(round), round);
    }
    rounds.commit();

    LoggedDetail detail = history.detail(CONTRACT, 3).orElseThrow();
    assertThat(detail.mergedNorm()).isEqualTo(4);
    assertThat(detail.bytes()).isEqualTo(84);
    assertThat(detail.participants()).extracting(ParticipantInfo::norm).containsExactly(5.0, 0.0);
    assertThat(detail.participants())
        .extracting(ParticipantInfo::cosine)
        .containsExactly(0.5, null);
    assertThat(detail.participants()).extracting(ParticipantInfo::bytes).containsExactly(40L, 44L);
    assertThat(history.walk().of(CONTRACT, "site-1").map(SiteContribution::norm)).containsOnly(0.0);
    assertThat(standing("site-0").last().orElseThrow().participant().norm()).isEqualTo(5);
    assertThat(history.remarks(CONTRACT)).containsOnlyKeys("site-1");

    // Round 0 merges whole models: nothing of it is in the curves.
    SeriesInfo series = history.series().of(CONTRACT, 0, 3, 2, List.of("site-0"));
    assertThat(series.norm().mean()).containsExactly(1.5, 2.25);
    assertThat(series.norm().min()).containsExactly(0.0, 0.0);
    assertThat(series.norm().max()).containsExactly(3.0, 5.0);
    assertThat(series.cosine().mean()).containsExactly(0.5, 0.5);
    assertThat(series.mergedNorm()).containsExactly(2.0, 3.5);
    assertThat(series.sites().get(0).norm()).containsExactly(3.0, 4.5);
    assertThat(series.sites().get(0).bytes()).containsExactly(40.0, 40.0);
  }

  /** Three sites; the third is complete that many milliseconds after the second. */
  private static RoundRecord arrived(long round, long behindMs) {
    return RoundRecord.newBuilder(ManyRounds.record(CONTRACT, round, 3, List.of()))
        .setArrivedAtMs(List.of(1_000L, 1_200L, 1_200L + behindMs))
        .build();
  }

  @Test
  void tellsHowLongSitesKeepTheOthersWaiting() {
    rounds.pass(arrived(0, 3_000), 0);
    rounds.pass(arrived(1, 5_000), 1);
    rounds.pass(2, 3);
    rounds.commit();

    assertThat(standing("site-0").behindMs()).isZero();
    assertThat(standing("site-1").behindMs()).isZero();
    assertThat(standing("site-2").behindMs()).isEqualTo(4_000);

    // The topic was made anew: the round has another record.
    rounds.pass(arrived(1, 1_000), 3);
    rounds.commit();
    assertThat(standing("site-2").behindMs()).isEqualTo(2_000);

    rounds.pass(RoundRecord.newBuilder(arrived(0, 0)).setArrivedAtMs(List.of(1L)).build(), 4);
    rounds.commit();
    assertThat(standing("site-2").behindMs()).isEqualTo(1_000);
    assertThat(standing("site-2").rounds()).isEqualTo(3);
  }

  @Test
  void knowsNothingOfDeltasFromRecordsOfBefore() {
    pass(0, 4, 2);

    LoggedDetail detail = history.detail(CONTRACT, 3).orElseThrow();
    assertThat(detail.mergedNorm()).isNull();
    assertThat(detail.bytes()).isNull();
    assertThat(standing("site-1").behindMs()).isNull();
    assertThat(detail.participants())
        .allSatisfy(
            site -> {
              assertThat(site.norm()).isNull();
              assertThat(site.cosine()).isNull();
              assertThat(site.bytes()).isNull();
            });
    assertThat(history.series().of(CONTRACT, 0, 4, 10, List.of()).norm().mean())
        .containsOnlyNulls();
    assertThat(history.remarks(CONTRACT)).isEmpty();
  }

  /** A record comes from whoever could write it. */
  @Test
  void standsListsOfOtherLengths() {
    rounds.pass(
        RoundRecord.newBuilder(ManyRounds.record(CONTRACT, 1, 2, List.of()))
            .setNorms(List.of(1.0))
            .setCosines(List.of(Double.POSITIVE_INFINITY, 0.5, 0.5))
            .setBytes(List.of(1L))
            .build(),
        0);
    rounds.commit();

    assertThat(history.detail(CONTRACT, 1).orElseThrow().participants())
        .extracting(ParticipantInfo::norm)
        .containsExactly(1.0, null);
  }

  @Test
  void sitesThatHaveFinishedHaveNoRemark() {
    for (long round = 0; round < 4; round++) {
      RoundRecord finished = described(round);
      finished
          .getParticipants()
          .replaceAll(
              site ->
                  Participant.newBuilder(site)
                      .setHeader(
                          ContributionHeader.newBuilder(site.getHeader())
                              .setCheckIn(CheckIn.INACTIVE.code())
                              .build())
                      .build());
      rounds.pass(finished, round);
    }
    rounds.commit();

    assertThat(history.remarks(CONTRACT)).isEmpty();
  }

  @Test
  void makesAFileOfAnEarlierVersionAnew() throws Exception {
    pass(0, 1, 1);
    history.close();
    String url = "jdbc:sqlite:" + folder.resolve("cache/history.sqlite");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 1");
    }
    open();

    assertThat(history.next(Topic.ROUNDS.of(CONTRACT), "topic-1", 0)).isEmpty();
  }

  @Test
  void hasNoValuesWithoutRounds() {
    SeriesInfo series = history.series().of(CONTRACT, 0, Long.MAX_VALUE, 600, List.of("a"));

    assertThat(series.rounds()).isEmpty();
    assertThat(series.to()).isLessThan(series.from());
    assertThat(series.sites().get(0).loss()).isEmpty();
  }

  @Test
  void knowsTheBestRoundAndWhenItBegan() {
    pass(0, 9, 1);

    RoundTotals totals = history.totals(CONTRACT);
    assertThat(totals.bestLoss()).contains(new RoundTotals.Best(9, 1_000_000.0 - 9));
    assertThat(totals.bestMetric()).isEmpty();
    assertThat(totals.firstAt()).contains(Instant.ofEpochMilli(ManyRounds.BEGAN_MS + 500));
    assertThat(history.totals("other").rounds()).isZero();
  }

  @Test
  void walksThroughMoreThanAPage() {
    pass(0, 2_100, 1);

    assertThat(history.walk().rounds(CONTRACT).count()).isEqualTo(2_101);
    assertThat(history.walk().of(CONTRACT, "site-0").map(SiteContribution::round))
        .hasSize(2_101)
        .isSorted();
  }

  @Test
  void beginsAnewWhereTheFileIsBroken() throws IOException {
    pass(0, 1, 1);
    history.close();
    Files.write(folder.resolve("cache/history.sqlite"), new byte[8192]);
    Files.writeString(folder.resolve("cache/history.sqlite"), "no database ".repeat(1000));
    open();

    assertThat(history.newest()).isEmpty();
    assertThat(history.next(Topic.ROUNDS.of(CONTRACT), "topic-1", 0)).isEmpty();
    pass(0, 1, 1);
    assertThat(history.last(CONTRACT)).contains(1L);
  }
}
