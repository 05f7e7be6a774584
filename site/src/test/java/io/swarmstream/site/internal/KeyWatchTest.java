package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.testkit.TestContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyWatchTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 2, 30_000);
  private static final String ME = CONTRACT.site(0).key().address();
  private static final Hash MINE = root("mine");
  private static final Hash FOREIGN = root("foreign");

  @TempDir private Path folder;
  private SentContributions sent = SentContributions.to(CONTRACT.terms(), Optional.empty());

  @Test
  void findsNothingInARoundThatHasWhatWasSent() throws Exception {
    sent.add(5, MINE);
    KeyWatch watch = joinedAfter(3);
    PublishedRound round = round(5, MINE);
    assertThat(watch.own(round)).isPresent();
    assertThat(watch.look(List.of(round), List.of(), 6)).isEmpty();
  }

  @Test
  void tellsTheLoserWhoseContributionCounted() throws Exception {
    sent.add(5, MINE);
    KeyWatch watch = joinedAfter(3);
    PublishedRound round = round(5, FOREIGN);
    assertThat(watch.own(round)).isEmpty();
    ForeignContribution found = watch.look(List.of(round), List.of(), 6).orElseThrow();
    assertThat(found.round()).isEqualTo(5);
    assertThat(found.counted()).isTrue();
    assertThat(found.contribution()).isEqualTo(FOREIGN.hex());
    assertThat(found.warning())
        .startsWith("site " + CONTRACT.site(0).name() + " (" + ME + "): another holder of its key")
        .contains(FOREIGN.hex(), "round 5 of contract c", "counted", "owner 0xowner remove");
  }

  @Test
  void tellsASiteThatSentNothing() throws Exception {
    assertThat(joinedAfter(3).look(List.of(round(5, FOREIGN)), List.of(), 6)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = RejectionReason.class,
      names = {"CONFLICTING", "STALE_ROUND", "WRONG_BASE", "INCOMPLETE", "TOO_MANY", "BAD_HEADER"})
  void tellsTheWinnerThatAnotherOneWasRefused(RejectionReason reason) throws Exception {
    sent.add(5, MINE);
    KeyWatch watch = joinedAfter(3);
    ForeignContribution found =
        watch.look(List.of(round(5, MINE)), List.of(refusal(5, FOREIGN, reason)), 6).orElseThrow();
    assertThat(found.counted()).isFalse();
    assertThat(found.warning()).contains(FOREIGN.hex(), "was refused");
  }

  /** Anybody can send those. */
  @ParameterizedTest
  @EnumSource(
      value = RejectionReason.class,
      names = {"BAD_SIGNATURE", "UNKNOWN_SITE", "WRONG_TERMS", "WRONG_TOPIC", "MALFORMED"})
  void doesNotBelieveWhatIsNotSignedForThisContract(RejectionReason reason) {
    assertThat(joinedAfter(3).look(List.of(), List.of(refusal(5, FOREIGN, reason)), 5)).isEmpty();
  }

  @Test
  void isNotMisledByRefusalsOfItsOwn() {
    sent.add(5, MINE);
    sent.add(5, root("before the deadline"));
    List<Rejection> refusals =
        List.of(
            refusal(5, MINE, RejectionReason.CONFLICTING),
            refusal(5, root("before the deadline"), RejectionReason.INCOMPLETE));
    assertThat(joinedAfter(3).look(List.of(), refusals, 5)).isEmpty();
  }

  /** An earlier process may have sent it; and nobody can have sent anything to a round to come. */
  @Test
  void looksAtRoundsOfItsOwnTimeOnly() {
    List<Rejection> refusals =
        List.of(
            refusal(3, FOREIGN, RejectionReason.STALE_ROUND),
            refusal(9, FOREIGN, RejectionReason.FUTURE_ROUND));
    assertThat(joinedAfter(3).look(List.of(), refusals, 5)).isEmpty();
  }

  @Test
  void allowsForAnEarlierProcessInTheRoundThatWasOpenWhenItJoined() throws Exception {
    KeyWatch watch = joinedAfter(3);
    PublishedRound open = round(4, FOREIGN);
    assertThat(watch.own(open)).isEmpty();
    assertThat(watch.look(List.of(open), List.of(), 5).orElseThrow().warning())
        .contains("was not sent by this process", "if an earlier process of this site sent it");
  }

  @Test
  void knowsWhatAnEarlierProcessSent() throws Exception {
    SentContributions.to(CONTRACT.terms(), Optional.of(folder)).add(4, FOREIGN);
    sent = SentContributions.to(CONTRACT.terms(), Optional.of(folder));
    sent.add(4, MINE);
    KeyWatch watch = joinedAfter(3);
    PublishedRound open = round(4, FOREIGN);
    assertThat(watch.own(open)).isPresent();
    assertThat(watch.look(List.of(open), List.of(), 5)).isEmpty();
    assertThat(watch.look(List.of(round(5, root("other"))), List.of(), 6)).isPresent();
  }

  /** Somebody has used the key while this site was down. */
  @Test
  void looksBackAsFarAsItRemembers() throws Exception {
    sent = SentContributions.to(CONTRACT.terms(), Optional.of(folder));
    sent.add(1, MINE);
    KeyWatch watch = joinedAfter(3);
    assertThat(watch.look(List.of(round(2, FOREIGN)), List.of(), 4).orElseThrow().warning())
        .contains("another holder of its key");
  }

  @Test
  void forgetsWhatWasSentUnderOtherTerms() {
    SentContributions.to(CONTRACT.terms(), Optional.of(folder)).add(4, MINE);
    TestContract anew = TestContract.of("c", "coordmedian", 2, 2, 30_000);
    assertThat(SentContributions.to(anew.terms(), Optional.of(folder)).has(4, MINE.hex()))
        .isFalse();
    assertThat(SentContributions.to(CONTRACT.terms(), Optional.of(folder)).has(4, MINE.hex()))
        .isTrue();
  }

  @Test
  void keepsTheNewestRounds() {
    sent = SentContributions.to(CONTRACT.terms(), Optional.of(folder));
    for (long round = 0; round < 200; round++) {
      sent.add(round, MINE);
    }
    SentContributions again = SentContributions.to(CONTRACT.terms(), Optional.of(folder));
    assertThat(again.firstRound()).contains(72L);
    assertThat(again.has(199, MINE.hex())).isTrue();
  }

  private KeyWatch joinedAfter(long newestRound) {
    return new KeyWatch(
        CONTRACT.terms(), CONTRACT.site(0).name(), ME, () -> "0xowner", sent, newestRound);
  }

  private static Hash root(String what) {
    return Hash.sha256(what.getBytes(StandardCharsets.UTF_8));
  }

  private static PublishedRound round(long round, Hash contribution) throws Exception {
    Participant me =
        new Participant(ME, CONTRACT.site(0).name(), contribution.toAvro(), TestContract.header(1));
    return PublishedRound.of(
        WireFormat.ROUND_RECORD.encode(
            RoundRecord.newBuilder()
                .setContract("c")
                .setTermsHash(CONTRACT.terms().hash().toAvro())
                .setRound(round)
                .setMethod("mean")
                .setParticipants(List.of(me))
                .setLeftOut(List.of())
                .setClosedBy("all-live")
                .setBaseHash(Hash.ZERO.toAvro())
                .setModelHash(Hash.ZERO.toAvro())
                .setParameterCount(2)
                .setChunkCount(1)
                .setMeanLoss(0.5)
                .setIterations(0)
                .setGap(0)
                .setOpenedAtMs(1)
                .setClosedAtMs(2)
                .build()));
  }

  private static Rejection refusal(long round, Hash contribution, RejectionReason reason) {
    return new Rejection(
        "c", reason.code(), "f", "m", ME, round, 0, contribution.hex(), "c.deltas", 0, 0L, 1L);
  }
}
