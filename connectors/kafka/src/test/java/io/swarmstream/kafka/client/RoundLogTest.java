package io.swarmstream.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.WireFormat;
import org.junit.jupiter.api.Test;

class RoundLogTest {
  private final Samples samples = new Samples("demo");
  private final RoundLog log = new RoundLog(new Bulletin());

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
    log.accept(published);
    SealedRound sealed = log.find(3).orElseThrow();
    assertThat(sealed.hash()).isEqualTo(Hash.sha256(published));
    assertThat(sealed.published()).isEqualTo(published);
    assertThat(sealed.anchor().recordHash()).isEqualTo(Hash.sha256(published).hex());
    assertThat(sealed.anchor().modelHash())
        .isEqualTo(Hash.of(samples.record(3).getModelHash()).hex());
  }

  @Test
  void staysWithTheFirstRecordOfARound() {
    accept(3);
    SealedRound first = log.find(3).orElseThrow();
    log.accept(WireFormat.ROUND_RECORD.encode(samples.record(3, Hash.ZERO)));
    assertThat(log.find(3)).contains(first);
  }

  @Test
  void takesARecordThatIsPublishedTwiceAsOne() {
    for (long round = 0; round < RoundLog.KEPT_ROUNDS + 1; round++) {
      accept(round);
    }
    SealedRound kept = log.find(5).orElseThrow();
    accept(5);
    accept(0); // dropped before
    assertThat(log.find(5)).contains(kept);
    assertThat(log.isDropped(0)).isTrue();
    assertThat(log.find(1)).isPresent();
    assertThat(log.newest().orElseThrow().round()).isEqualTo(RoundLog.KEPT_ROUNDS);
  }

  @Test
  void passesOverWhatItCannotRead() {
    log.accept(new byte[] {'S', 'W', 3, 1, 0});
    log.accept(new byte[] {'S', 'W', 99, 1});
    log.accept(new byte[0]);
    accept(4);
    assertThat(log.newest().orElseThrow().round()).isEqualTo(4);
  }

  @Test
  void saysWhatTheOpenRoundWaitsFor() {
    accept(4);
    log.accept(samples.notice(5, 1, "hospital-b").value());
    assertThat(log.state())
        .isEqualTo(
            "rounds sealed: the newest is 4; round 5 has 1 of at least 2 contributions; it waits"
                + " for hospital-b");
  }

  private void accept(long round) {
    log.accept(samples.published(samples.record(round)).value());
  }
}
