package io.swarmstream.clients.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.RoundSamples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundLogTest {
  private final RoundSamples samples = new RoundSamples("demo");
  private final RoundLog log =
      new RoundLog(new Bulletin(), OwnRecords.of("demo"), new MaskLog(new Bulletin(), null));

  @Test
  void knowsNothingAtFirst() {
    assertThat(log.newest()).isEmpty();
    assertThat(log.notice()).isEmpty();
    assertThat(log.state()).isEqualTo("rounds sealed: none yet");
  }

  @Test
  void keepsTheNewestRecordsOnly() {
    for (long round = 0; round < RoundLog.KEPT_ROUNDS + 2; round++) {
      accept(round);
    }
    assertThat(log.newest().orElseThrow().round()).isEqualTo(RoundLog.KEPT_ROUNDS + 1);
    assertThat(log.find(1)).isEmpty();
    assertThat(log.isDropped(1)).isTrue();
    assertThat(log.find(2)).isPresent();
    assertThat(log.isDropped(2)).isFalse();
    assertThat(log.isDropped(RoundLog.KEPT_ROUNDS + 2)).isFalse();
  }

  @Test
  void hashesTheBytesAsPublished() {
    byte[] published = samples.published(samples.record(3)).value();
    log.accept(published, Optional.empty());
    PublishedRound sealed = log.find(3).orElseThrow();
    assertThat(sealed.hash()).isEqualTo(Hash.sha256(published));
    assertThat(sealed.published()).isEqualTo(published);
    assertThat(sealed.anchor().recordHash()).isEqualTo(Hash.sha256(published).hex());
    assertThat(sealed.anchor().modelHash())
        .isEqualTo(Hash.of(samples.record(3).getModelHash()).hex());
  }

  @Test
  void staysWithTheFirstRecordOfARound() {
    accept(3);
    PublishedRound first = log.find(3).orElseThrow();
    log.accept(WireFormat.ROUND_RECORD.encode(samples.record(3, Hash.ZERO)), Optional.empty());
    assertThat(log.find(3)).contains(first);
  }

  @Test
  void takesARecordThatIsPublishedTwiceAsOne() {
    for (long round = 0; round < RoundLog.KEPT_ROUNDS + 1; round++) {
      accept(round);
    }
    PublishedRound kept = log.find(5).orElseThrow();
    accept(5);
    accept(0); // dropped before
    assertThat(log.find(5)).contains(kept);
    assertThat(log.isDropped(0)).isTrue();
    assertThat(log.find(1)).isPresent();
    assertThat(log.newest().orElseThrow().round()).isEqualTo(RoundLog.KEPT_ROUNDS);
  }

  @Test
  void passesOverWhatItCannotRead() {
    log.accept(new byte[] {'S', 'W', 3, 1, 0}, Optional.empty());
    log.accept(new byte[] {'S', 'W', 99, 1}, Optional.empty());
    log.accept(new byte[0], Optional.empty());
    accept(4);
    assertThat(log.newest().orElseThrow().round()).isEqualTo(4);
  }

  @Test
  void passesOverWhatIsOfAnotherContract() {
    RoundSamples other = new RoundSamples("other");
    accept(3);
    log.accept(other.published(other.record(3, Hash.ZERO)).value(), Optional.empty());
    log.accept(other.published(other.record(4)).value(), Optional.empty());
    log.accept(other.notice(5, 1, "somebody").value(), Optional.empty());
    assertThat(log.newest().orElseThrow().published())
        .isEqualTo(samples.published(samples.record(3)).value());
    assertThat(log.notice()).isEmpty();
  }

  @Test
  void passesOverWhatWasMadeUnderOtherTerms() {
    Hash terms = Hash.sha256(new byte[] {1});
    RoundLog strict =
        new RoundLog(
            new Bulletin(),
            new OwnRecords("demo", Optional.of(terms), Optional.empty()),
            new MaskLog(new Bulletin(), null));
    strict.accept(samples.published(samples.record(3)).value(), Optional.empty());
    assertThat(strict.newest()).isEmpty();
    RoundRecord own =
        RoundRecord.newBuilder(samples.record(3)).setTermsHash(terms.toAvro()).build();
    strict.accept(samples.published(own).value(), Optional.empty());
    assertThat(strict.newest().orElseThrow().published()).isEqualTo(samples.published(own).value());
  }

  @Test
  void takesOnlyWhatTheContractsCoordinatorHasSignedForIt() {
    ContractTerms terms = RoundSamples.terms("demo");
    RoundSamples own = new RoundSamples(terms);
    OwnRecords records =
        OwnRecords.of(terms, RecordSigners.only(RoundSamples.COORDINATOR.address()));
    RoundLog strict = new RoundLog(new Bulletin(), records, new MaskLog(new Bulletin(), null));
    OutboundRecord round = own.published(own.record(3));
    OutboundRecord notice = own.notice(4, 1, "hospital-b");
    for (OutboundRecord record : List.of(round, notice)) {
      RecordSignature pending = RecordSignature.pending(terms.hash());
      List<Optional<RecordSignature>> foreign =
          List.of(
              Optional.empty(),
              Optional.of(pending),
              Optional.of(pending.sign(SiteKey.ofSeed(5), record.topic(), record.value())),
              // Of another chain or contract, of another topic, of another record.
              Optional.of(
                  RecordSignature.pending(Hash.ZERO)
                      .sign(RoundSamples.COORDINATOR, record.topic(), record.value())),
              Optional.of(pending.sign(RoundSamples.COORDINATOR, "other.rounds", record.value())),
              Optional.of(pending.sign(RoundSamples.COORDINATOR, record.topic(), new byte[1])));
      for (Optional<RecordSignature> signature : foreign) {
        strict.accept(
            record.value(), records.signatureFlaw(record.topic(), record.value(), signature));
      }
    }
    assertThat(strict.newest()).isEmpty();
    assertThat(strict.notice()).isEmpty();
    strict.accept(
        round.value(),
        records.signatureFlaw(
            round.topic(), round.value(), Optional.ofNullable(round.signature())));
    strict.accept(
        notice.value(),
        records.signatureFlaw(
            notice.topic(), notice.value(), Optional.ofNullable(notice.signature())));
    assertThat(strict.newest().orElseThrow().published()).isEqualTo(round.value());
    assertThat(strict.notice()).isPresent();
  }

  /** Somebody has written it again, with the signature that it has. */
  @Test
  void doesNotGoBackToTheNoticeOfAnEarlierRound() {
    log.accept(samples.notice(4, 1, "hospital-a").value(), Optional.empty());
    log.accept(samples.notice(5, 1, "hospital-b").value(), Optional.empty());
    log.accept(samples.notice(4, 1, "hospital-a").value(), Optional.empty());
    assertThat(log.notice().orElseThrow().getRound()).isEqualTo(5);
  }

  /** A coordinator writes one whenever its job starts. */
  @Test
  void takesNoFenceForANotice() throws Exception {
    RoundNotice notice =
        WireFormat.ROUND_NOTICE.decode(samples.notice(-1, 0, "hospital-a").value());
    RoundNotice fence = RoundNotice.newBuilder(notice).setFence("1/a").build();
    log.accept(WireFormat.ROUND_NOTICE.encode(fence), Optional.empty());
    assertThat(log.notice()).isEmpty();
  }

  @Test
  void saysWhatTheOpenRoundWaitsFor() {
    accept(4);
    log.accept(samples.notice(5, 1, "hospital-b").value(), Optional.empty());
    assertThat(log.state())
        .isEqualTo(
            "rounds sealed: the newest is 4; round 5 has 1 of at least 2 contributions; it waits"
                + " for hospital-b");
  }

  private void accept(long round) {
    log.accept(samples.published(samples.record(round)).value(), Optional.empty());
  }
}
