package io.swarmstream.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordCheckTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 3, 2, 1000);

  private static final SiteKey COORDINATOR = SiteKey.ofSeed(90);

  private final List<RoundRecord> records =
      new ArrayList<>(List.of(record(0), record(1), record(2)));

  private static Hash model(long round) {
    return round < 0 ? Hash.ZERO : Hash.sha256(new byte[] {(byte) round});
  }

  private static RoundRecord record(long round) {
    return RoundRecord.newBuilder()
        .setContract("c")
        .setTermsHash(CONTRACT.terms().hash().toAvro())
        .setRound(round)
        .setMethod("mean")
        .setParticipants(
            new ArrayList<>(CONTRACT.sites().stream().map(RecordCheckTest::in).toList()))
        .setLeftOut(List.of())
        .setClosedBy("all-live")
        .setBaseHash(model(round - 1).toAvro())
        .setModelHash(model(round).toAvro())
        .setParameterCount(10)
        .setChunkCount(3)
        .setMeanLoss(0.5)
        .setIterations(0)
        .setGap(0)
        .setOpenedAtMs(1)
        .setClosedAtMs(2)
        .setPayloadHash(CONTRACT.terms().payloadHash().code())
        .build();
  }

  private static Participant in(TestSite site) {
    return new Participant(site.address(), site.name(), Hash.ZERO.toAvro(), TestContract.header(1));
  }

  private static InboundRecord logged(RoundRecord record, long offset) {
    byte[] value = WireFormat.ROUND_RECORD.encode(record);
    return new InboundRecord("c.rounds", 0, offset, 0, value, signed(value, COORDINATOR));
  }

  private static RecordSignature signed(byte[] value, SiteKey key) {
    return RecordSignature.pending(CONTRACT.terms().hash()).sign(key, "c.rounds", value);
  }

  /** Anchors what is there now, then lets the log be changed and checks it. */
  private List<Finding> afterChange(UnaryOperator<List<RoundRecord>> change) {
    List<Anchor> anchors = new ArrayList<>();
    for (RoundRecord record : records) {
      Hash hash = Hash.sha256(WireFormat.ROUND_RECORD.encode(record));
      anchors.add(
          new Anchor("c", record.getRound(), hash.hex(), Hash.of(record.getModelHash()).hex()));
    }
    return check(change.apply(new ArrayList<>(records)), anchors);
  }

  private static List<Finding> check(List<RoundRecord> log, List<Anchor> anchors) {
    List<InboundRecord> inbound = new ArrayList<>();
    log.forEach(record -> inbound.add(logged(record, inbound.size())));
    return checkLogged(inbound, anchors);
  }

  private static List<Finding> checkLogged(List<InboundRecord> inbound, List<Anchor> anchors) {
    List<Enrolment> enrolments =
        CONTRACT.sites().stream()
            .map(site -> new Enrolment(site.address(), site.name(), TestContract.MAX_WEIGHT))
            .toList();
    return RecordCheck.of(
            inbound,
            new ChainHistory(CONTRACT.terms(), Set.of(COORDINATOR.address()), anchors, enrolments))
        .findings();
  }

  private List<String> codesOf(RoundRecord second) {
    records.set(1, second);
    return afterChange(all -> all).stream().map(Finding::code).distinct().toList();
  }

  @Test
  void findsNothingWrongWithAnHonestLog() {
    assertThat(afterChange(all -> all)).isEmpty();
  }

  @Test
  void takesIdenticalRepeatsForOneRecord() {
    assertThat(afterChange(all -> List.of(record(0), record(1), record(1), record(2)))).isEmpty();
  }

  @Test
  void passesOverASecondRecordThatTheCoordinatorHasNotSigned() {
    RoundRecord other = RoundRecord.newBuilder(record(0)).setClosedAtMs(9).build();
    byte[] value = WireFormat.ROUND_RECORD.encode(other);
    for (RecordSignature signature :
        Arrays.asList(null, signed(value, SiteKey.ofSeed(91)), signed(new byte[1], COORDINATOR))) {
      List<InboundRecord> log =
          List.of(new InboundRecord("c.rounds", 0, 0, 0, value, signature), logged(record(0), 1));

      assertThat(checkLogged(log, List.of()))
          .filteredOn(found -> !found.code().equals("not-anchored"))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.code()).isEqualTo("foreign-record");
                assertThat(found.place()).isEqualTo(new Finding.Place("c.rounds", 0, 0));
              });
    }
  }

  @Test
  void takesTheAnchoredOneOfTwoRecords() {
    RoundRecord other = RoundRecord.newBuilder(record(1)).setClosedAtMs(9).build();

    assertThat(afterChange(all -> List.of(record(0), other, record(1), record(2))))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("two-records");
              assertThat(found.place()).isEqualTo(new Finding.Place("c.rounds", 0, 1));
            });
  }

  @Test
  void aStrangersRecordsAreNoRoundsOfTheContract() {
    RoundRecord other = RoundRecord.newBuilder(record(1)).setContract("other").build();
    RoundRecord outOfTheBlue =
        RoundRecord.newBuilder(record(1)).setRound(Long.MAX_VALUE - 1).build();

    assertThat(afterChange(all -> List.of(other, record(0), record(1), record(2), outOfTheBlue)))
        .extracting(Finding::code, Finding::round, Finding::place)
        .containsExactlyInAnyOrder(
            tuple("foreign-record", -1L, new Finding.Place("c.rounds", 0, 0)),
            tuple("foreign-record", -1L, new Finding.Place("c.rounds", 0, 4)));
  }

  @Test
  void findsAGap() {
    assertThat(afterChange(all -> List.of(record(0), record(2))))
        .singleElement()
        .extracting(Finding::code, Finding::round)
        .containsExactly("record-missing", 1L);
  }

  @Test
  void findsAnchoredRoundsWithoutARecordAtTheEnd() {
    assertThat(afterChange(all -> List.of(record(0), record(1))))
        .extracting(Finding::toString)
        .singleElement()
        .asString()
        .startsWith("round 2: the rounds topic has no record of it; the chain has an anchor");
  }

  @Test
  void findsARoundWithoutAnAnchor() {
    assertThat(check(records, List.of()))
        .hasSize(3)
        .allSatisfy(found -> assertThat(found.code()).isEqualTo("not-anchored"));
  }

  @Test
  void findsAnotherRecordThanTheAnchoredOne() {
    RoundRecord other = RoundRecord.newBuilder(record(1)).setClosedAtMs(9).build();

    assertThat(afterChange(all -> List.of(record(0), other, record(2))))
        .singleElement()
        .extracting(Finding::code)
        .isEqualTo("record-hash");
  }

  @Test
  void findsABaseThatTheRoundBeforeDidNotMake() {
    assertThat(codesOf(RoundRecord.newBuilder(record(1)).setBaseHash(model(7).toAvro()).build()))
        .containsExactly("base-hash");
  }

  @Test
  void findsOtherTermsThanTheChains() {
    assertThat(codesOf(RoundRecord.newBuilder(record(1)).setMethod("coordmedian").build()))
        .containsExactly("terms");
    assertThat(codesOf(RoundRecord.newBuilder(record(1)).setChunkCount(4).build()))
        .containsExactly("terms");
    assertThat(codesOf(RoundRecord.newBuilder(record(1)).setTermsHash(model(3).toAvro()).build()))
        .containsExactly("terms");
  }

  @Test
  void findsTooFewSites() {
    assertThat(codesOf(naming(record(1).getParticipants().subList(0, 1)))).containsExactly("terms");
  }

  @Test
  void findsParticipantsOutOfOrderTwiceStrangeTooHeavyOrUnderAnotherName() {
    List<Participant> turned = record(1).getParticipants();
    Collections.reverse(turned);
    assertThat(codesOf(naming(turned))).containsExactly("participant");

    List<Participant> twice = record(1).getParticipants();
    twice.set(1, twice.get(0));
    assertThat(codesOf(naming(twice))).containsExactly("participant");

    assertThat(
            codesOf(
                withFirst(first -> first.setSite("0x0000000000000000000000000000000000000001"))))
        .containsExactly("participant");
    assertThat(codesOf(withFirst(first -> first.setHeader(TestContract.header(101)))))
        .containsExactly("participant");
    assertThat(codesOf(withFirst(first -> first.setName("hospital-z"))))
        .containsExactly("participant");
  }

  private static RoundRecord naming(List<Participant> participants) {
    return RoundRecord.newBuilder(record(1)).setParticipants(participants).build();
  }

  private static RoundRecord withFirst(UnaryOperator<Participant.Builder> change) {
    List<Participant> all = record(1).getParticipants();
    all.set(0, change.apply(Participant.newBuilder(all.get(0))).build());
    return naming(all);
  }
}
