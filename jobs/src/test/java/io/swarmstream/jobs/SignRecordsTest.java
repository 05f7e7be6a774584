package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignRecordsTest {
  private static final SigningKey COORDINATOR = key(1);
  private static final Hash TERMS = Hash.sha256(new byte[] {7});
  private static final OutboundRecord RECORD =
      new OutboundRecord("c.rounds", "notice", new byte[] {1, 2, 3});

  @Test
  void signsTheSameBytesInTheSameWayAndLeavesThemAsTheyAre() throws Exception {
    List<OutboundRecord> signed = signed(RECORD.under(TERMS), RECORD.under(TERMS));
    assertThat(signed.get(0)).isEqualTo(signed.get(1));
    assertThat(signed.get(0).value()).isEqualTo(RECORD.value());
    assertThat(signatureOf(signed.get(0)).termsHash()).isEqualTo(TERMS.hex());
    assertThat(signatureOf(signed.get(0)).signer("c.rounds", RECORD.value()))
        .contains(COORDINATOR.load().address());
  }

  @Test
  void readsBackWhatItSignedAndNothingElse() throws Exception {
    OutboundRecord own = signed(RECORD.under(TERMS)).get(0);
    RecordSignature mine = signatureOf(own);
    RecordSignature strange =
        RecordSignature.pending(TERMS).sign(key(2).load(), own.topic(), own.value());
    RecordSignature otherTerms = new RecordSignature(Hash.ZERO.hex(), mine.bytes());
    assertThat(
            readBack(
                inbound(0, "c.rounds", own.value(), mine),
                inbound(1, "c.rounds", own.value(), null),
                inbound(2, "c.rounds", own.value(), strange),
                inbound(3, "c.rounds", own.value(), otherTerms),
                inbound(4, "c.rounds", new byte[] {9}, mine),
                inbound(5, "d.rounds", own.value(), mine),
                inbound(6, "c.rounds", own.value(), mine)))
        .extracting(InboundRecord::offset)
        .containsExactly(0L, 6L);
  }

  /** A stranger's flood of one contract takes no time from the others, nor from rounds. */
  @Test
  void signsSoManyRejectionsOfAContractInASecondAndEveryRound() throws Exception {
    OutboundRecord flood = new OutboundRecord("c.rejections", "x", new byte[] {1}).under(TERMS);
    OutboundRecord other = new OutboundRecord("d.rejections", "x", new byte[] {1}).under(TERMS);
    OutboundRecord[] records = new OutboundRecord[10_002];
    Arrays.fill(records, flood);
    records[10_000] = RECORD.under(TERMS);
    records[10_001] = other;
    List<OutboundRecord> out = signed(records);
    assertThat(out).hasSize(records.length);
    assertThat(out.subList(0, 10_000).stream().filter(each -> each.signature() != null).count())
        .isBetween((long) SignRecords.REJECTIONS_A_SECOND, 5_000L);
    assertThat(out.get(10_000).signature()).isNotNull();
    assertThat(out.get(10_001).signature()).isNotNull();
  }

  @Test
  void failsRatherThanLetARecordPassThatSitesWouldPassOver() {
    assertThatThrownBy(() -> signed(RECORD)).hasStackTraceContaining("under which terms");
  }

  /** Key 2 coordinated contract c before; the chain holds only what ends with an 8. */
  private static final class PredecessorTwo implements FormerCoordinators {
    @Override
    public boolean prove(InboundRecord record, String signer) {
      return signer.equals(SiteKey.ofSeed(2).address())
          && record.value()[record.value().length - 1] == 8;
    }

    @Override
    public void close() {}
  }

  @Test
  void readsTheAnchoredRoundsOfAFormerCoordinator() throws Exception {
    byte[] anchored = {1, 8};
    byte[] other = {1, 9};
    RecordSignature pending = RecordSignature.pending(TERMS);
    assertThat(
            readBack(
                inbound(0, "c.rounds", anchored, pending.sign(key(2).load(), "c.rounds", anchored)),
                inbound(1, "c.rounds", other, pending.sign(key(2).load(), "c.rounds", other)),
                inbound(
                    2, "c.rounds", anchored, pending.sign(key(3).load(), "c.rounds", anchored))))
        .extracting(InboundRecord::offset)
        .containsExactly(0L);
  }

  private static SigningKey key(long seed) {
    return () -> SiteKey.ofSeed(seed);
  }

  private static RecordSignature signatureOf(OutboundRecord record) {
    RecordSignature signature = record.signature();
    assertThat(signature).isNotNull();
    return signature == null ? RecordSignature.pending(TERMS) : signature;
  }

  private static InboundRecord inbound(
      long offset, String topic, byte[] value, @Nullable RecordSignature signature) {
    return new InboundRecord(topic, 0, offset, 0, value, signature);
  }

  private static List<OutboundRecord> signed(OutboundRecord... records) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<OutboundRecord, OutboundRecord>(
            new StreamMap<>(new SignRecords(COORDINATOR)))) {
      harness.open();
      for (OutboundRecord record : records) {
        harness.processElement(record, 0);
      }
      return harness.extractOutputValues();
    }
  }

  private static List<InboundRecord> readBack(InboundRecord... records) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<InboundRecord, InboundRecord>(
            new StreamFilter<>(new SignedRecords(COORDINATOR, PredecessorTwo::new)))) {
      harness.open();
      for (InboundRecord record : records) {
        harness.processElement(record, 0);
      }
      return harness.extractOutputValues();
    }
  }
}
