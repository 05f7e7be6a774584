package io.swarmstream.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.Spoiled;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad thing a sender can do is told to him, harms no round, and leaves nothing behind. */
class BadInputTest {
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 2, 2, 30_000);

  /** Makes a bad chunk of site 0 for the open round, from the round's base. */
  private interface Spoiler {
    DeltaChunk spoil(Hash base);
  }

  /** A bad chunk, and what its sender is to be told. */
  private record Case(String name, Spoiler spoiler, RejectionReason reason, String field) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> chunks() {
    return Stream.of(
        new Case(
            "unknown site",
            base -> stranger().contribution(2, 1, base, CONTRACT.constant(1)).chunk(0),
            RejectionReason.UNKNOWN_SITE,
            "site"),
        new Case(
            "signature by another site",
            base ->
                DeltaChunk.newBuilder(honest(base).chunk(0))
                    .setSite(CONTRACT.site(1).address())
                    .build(),
            RejectionReason.BAD_SIGNATURE,
            "signature"),
        new Case(
            "signature that is none",
            base ->
                DeltaChunk.newBuilder(honest(base).chunk(0))
                    .setSignature(ByteBuffer.wrap(new byte[65]))
                    .build(),
            RejectionReason.BAD_SIGNATURE,
            "signature"),
        new Case(
            "weight changed after signing",
            base -> {
              DeltaChunk.Builder chunk = DeltaChunk.newBuilder(honest(base).chunk(0));
              return chunk.setHeader(TestContract.header(99)).build();
            },
            RejectionReason.BAD_SIGNATURE,
            "signature"),
        new Case(
            "altered payload",
            base -> {
              DeltaChunk chunk = honest(base).chunk(0);
              byte[] payload = chunk.getPayload().array().clone();
              payload[0] ^= 1;
              return DeltaChunk.newBuilder(chunk).setPayload(ByteBuffer.wrap(payload)).build();
            },
            RejectionReason.BAD_HASH,
            "chunkHash"),
        new Case(
            "altered payload with its own hash",
            base -> {
              byte[] payload = FloatCodec.encode(new float[] {9, 9, 9, 9});
              return DeltaChunk.newBuilder(honest(base).chunk(0))
                  .setPayload(ByteBuffer.wrap(payload))
                  .setChunkHash(CONTRACT.terms().payloadHash().leaf(payload).toAvro())
                  .build();
            },
            RejectionReason.BAD_HASH,
            "merkleProof"),
        new Case(
            "chunk in another's place",
            base -> {
              float[] delta = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
              DeltaChunk other = CONTRACT.contribution(0, 1, base, delta).chunk(1);
              return DeltaChunk.newBuilder(other).setChunkIndex(0).build();
            },
            RejectionReason.BAD_HASH,
            "merkleProof"),
        new Case(
            "too few chunks",
            base -> ofLayout(8, 4).contribution(0, 1, base, new float[8]).chunk(0),
            RejectionReason.WRONG_TERMS,
            "termsHash"),
        new Case(
            "signed for another chain",
            base ->
                CONTRACT.onAnotherChain().contribution(0, 1, base, CONTRACT.constant(1)).chunk(0),
            RejectionReason.WRONG_TERMS,
            "termsHash"),
        new Case(
            "wrong chunk count",
            base ->
                Spoiled.signed(
                    CONTRACT,
                    0,
                    DeltaChunk.newBuilder(honest(base).chunk(0)).setChunkCount(2).build()),
            RejectionReason.WRONG_LAYOUT,
            "chunkCount"),
        new Case(
            "chunk index out of the layout",
            base -> DeltaChunk.newBuilder(honest(base).chunk(0)).setChunkIndex(3).build(),
            RejectionReason.WRONG_LAYOUT,
            "chunkIndex"),
        new Case(
            "payload too short",
            base ->
                DeltaChunk.newBuilder(honest(base).chunk(0))
                    .setPayload(ByteBuffer.wrap(new byte[12]))
                    .build(),
            RejectionReason.WRONG_LAYOUT,
            "payload"),
        new Case(
            "unknown encoding",
            base ->
                Spoiled.signed(
                    CONTRACT,
                    0,
                    DeltaChunk.newBuilder(honest(base).chunk(0)).setEncoding("float4").build()),
            RejectionReason.WRONG_ENCODING,
            "encoding"),
        new Case(
            "unknown payload hash",
            base ->
                Spoiled.signed(
                    CONTRACT,
                    0,
                    DeltaChunk.newBuilder(honest(base).chunk(0)).setPayloadHash("md5").build()),
            RejectionReason.WRONG_PAYLOAD_HASH,
            "payloadHash"),
        new Case(
            "payload hash of another contract",
            base ->
                Spoiled.signed(
                    CONTRACT,
                    0,
                    DeltaChunk.newBuilder(honest(base).chunk(0))
                        .setPayloadHash(PayloadHash.SHA_256.code())
                        .build()),
            RejectionReason.WRONG_PAYLOAD_HASH,
            "payloadHash"),
        new Case(
            "payload hash changed after signing",
            base ->
                DeltaChunk.newBuilder(honest(base).chunk(0))
                    .setPayloadHash(PayloadHash.SHA_256.code())
                    .build(),
            RejectionReason.BAD_SIGNATURE,
            "signature"),
        new Case(
            "more weight than enrolled with",
            base ->
                CONTRACT
                    .contribution(
                        0,
                        1,
                        base,
                        TestContract.header(TestContract.MAX_WEIGHT + 1),
                        CONTRACT.constant(1))
                    .chunk(0),
            RejectionReason.BAD_HEADER,
            "header.weight"),
        new Case(
            "stale round",
            base -> CONTRACT.contribution(0, 0, Hash.ZERO, CONTRACT.constant(1)).chunk(0),
            RejectionReason.STALE_ROUND,
            "round"),
        new Case(
            "future round",
            base -> CONTRACT.contribution(0, 2, base, CONTRACT.constant(1)).chunk(0),
            RejectionReason.FUTURE_ROUND,
            "round"),
        new Case(
            "round far away",
            base -> CONTRACT.contribution(0, Long.MAX_VALUE, base, CONTRACT.constant(1)).chunk(0),
            RejectionReason.FUTURE_ROUND,
            "round"),
        new Case(
            "wrong base",
            base -> CONTRACT.contribution(0, 1, Hash.sha256(), CONTRACT.constant(1)).chunk(0),
            RejectionReason.WRONG_BASE,
            "baseHash"),
        new Case("NaN", base -> notFinite(base, Float.NaN), RejectionReason.NOT_FINITE, "payload"),
        new Case(
            "infinity",
            base -> notFinite(base, Float.NEGATIVE_INFINITY),
            RejectionReason.NOT_FINITE,
            "payload"),
        new Case(
            "another contract's chunk",
            base ->
                TestContract.of("d", "mean", 2, 2, 1)
                    .contribution(0, 1, base, CONTRACT.constant(1))
                    .chunk(0),
            RejectionReason.WRONG_TOPIC,
            "contract"));
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void isToldAndHarmsNothing(Case bad) throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      DeltaChunk chunk = bad.spoiler().spoil(rig.base(CONTRACT));
      long offset = rig.sendBytes("c", WireFormat.DELTA_CHUNK.encode(chunk));
      rig.settle();
      Rejection rejection = onlyRejection(rig, bad.reason());
      assertThat(rejection.getField()).isEqualTo(bad.field());
      assertThat(rejection.getSite()).isEqualTo(chunk.getSite());
      assertThat(rejection.getRound()).isEqualTo(chunk.getRound());
      assertThat(rejection.getOffset()).isEqualTo(offset);
      assertThat(rejection.getMessage()).isNotBlank();
      assertRoundOneIsUnharmed(rig);
    }
  }

  @Test
  void garbageIsToldAndHarmsNothing() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      rig.sendBytes("c", "not a chunk at all".getBytes(UTF_8));
      rig.sendBytes("c", new byte[0]);
      rig.settle();
      assertThat(rig.rejections())
          .extracting(Rejection::getReason)
          .containsOnly("malformed")
          .hasSize(2);
      assertRoundOneIsUnharmed(rig);
    }
  }

  @Test
  void theSameChunkTwiceCountsOnce() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Contribution contribution = honest(rig.base(CONTRACT));
      rig.send(contribution);
      rig.send(contribution.chunk(1));
      rig.settle();
      onlyRejection(rig, RejectionReason.DUPLICATE);
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void theSameChunkTwiceBeforeTheRestCountsOnce() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Contribution contribution = honest(rig.base(CONTRACT));
      rig.send(contribution.chunk(1));
      rig.send(contribution.chunk(1));
      rig.settle();
      onlyRejection(rig, RejectionReason.DUPLICATE);
      assertRoundOneIsUnharmed(rig);
    }
  }

  @Test
  void aSecondContributionWithOtherContentDoesNotReplaceTheFirst() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      rig.send(honest(rig.base(CONTRACT)));
      rig.settle();
      rig.send(CONTRACT.contribution(0, 1, rig.base(CONTRACT), CONTRACT.constant(50)));
      rig.settle();
      assertThat(rig.rejections())
          .extracting(Rejection::getReason)
          .containsOnly("conflicting")
          .hasSize(3);
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void aContributionBegunAnewAfterACrashOfItsSiteCountsWhenItIsWhole() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      rig.send(CONTRACT.contribution(0, 1, rig.base(CONTRACT), CONTRACT.constant(50)).chunk(0));
      rig.settle();
      rig.send(honest(rig.base(CONTRACT)));
      rig.settle();
      onlyRejection(rig, RejectionReason.CONFLICTING);
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void aContributionThatNeverCompletesIsLeftOutAfterTheGracePeriod() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, 30_000);
    try (SwarmRig rig = new SwarmRig(3, contract)) {
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(1)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(3)));
      rig.send(contract.contribution(2, 0, Hash.ZERO, contract.constant(50)).chunk(0));
      rig.settle();
      rig.advance(30_000);
      onlyRejection(rig, RejectionReason.INCOMPLETE);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(2));
      assertThat(rig.graph().stateEntries("round-window")).isZero();
    }
  }

  @Test
  void aSiteThatIsRemovedInMidRoundIsOut() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 2, 30_000);
    try (SwarmRig rig = new SwarmRig(3, contract)) {
      rig.send(contract.contribution(2, 0, Hash.ZERO, contract.constant(50)));
      rig.settle();
      rig.graph()
          .contractEvents(List.of(ContractEvent.removed(9, 0, "c", contract.site(2).address())));
      rig.settle();
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(1)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(3)));
      rig.settle();
      onlyRejection(rig, RejectionReason.UNKNOWN_SITE);
      assertThat(rig.model(contract)).get().isEqualTo(contract.constant(2));
      assertThat(rig.graph().stateEntries("round-window")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobThatLostItsStateTakesNothingOfATrainingUnderWay(boolean logFirst) throws Exception {
    try (SwarmRig before = rigInRoundOne();
        SwarmRig rig = new SwarmRig(3)) {
      // The log is there, the checkpoint is not; a source reads each record once.
      if (logFirst) {
        readLog(before, rig);
        rig.graph().run();
      }
      rig.graph().contractEvents(CONTRACT.events());
      rig.graph().run();
      if (!logFirst) {
        readLog(before, rig);
      }
      rig.settle();
      rig.send(honest(before.base(CONTRACT)));
      rig.settle();
      assertThat(rig.rejections())
          .extracting(Rejection::getReason)
          .containsOnly("not-restored")
          .hasSize(3);
      assertThat(rig.records(CONTRACT)).isEmpty();
      assertThat(rig.graph().stateEntries("round-window")).isZero();
    }
  }

  private static void readLog(SwarmRig from, SwarmRig to) {
    from.graph()
        .rounds
        .forEach(
            record ->
                to.graph().roundRecord(new InboundRecord(record.topic(), 0, 0, 0, record.value())));
  }

  @Test
  void aSecondModelOfARoundInTheLogHaltsTheContract() throws Exception {
    try (SwarmRig rig = rigInRoundOne();
        SwarmRig other = new SwarmRig(4, CONTRACT)) {
      other.send(CONTRACT.contribution(0, 0, Hash.ZERO, CONTRACT.constant(7)));
      other.send(CONTRACT.contribution(1, 0, Hash.ZERO, CONTRACT.constant(7)));
      other.settle();
      readLog(other, rig);
      rig.settle();
      rig.send(honest(rig.base(CONTRACT)));
      rig.settle();
      assertThat(rig.rejections()).extracting(Rejection::getReason).containsOnly("not-restored");
    }
  }

  @Test
  void aCreationToldTwiceDoesNotBeginTheTrainingAnew() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      rig.graph().contractEvents(List.of(ContractEvent.created(77, 0, CONTRACT.terms(), "0xc0")));
      rig.settle();
      assertRoundOneIsUnharmed(rig);
    }
  }

  @Test
  void textWithoutEndMakesNoRecordThatABrokerWouldRefuse() throws Exception {
    String endless = "x\n".repeat(300_000);
    try (SwarmRig rig = rigInRoundOne()) {
      DeltaChunk chunk = honest(rig.base(CONTRACT)).chunk(0);
      rig.sendBytes(
          "c",
          WireFormat.DELTA_CHUNK.encode(DeltaChunk.newBuilder(chunk).setSite(endless).build()));
      rig.sendBytes(
          "c",
          WireFormat.DELTA_CHUNK.encode(DeltaChunk.newBuilder(chunk).setContract(endless).build()));
      rig.sendBytes(
          "c",
          WireFormat.DELTA_CHUNK.encode(
              Spoiled.signed(
                  CONTRACT, 0, DeltaChunk.newBuilder(chunk).setEncoding(endless).build())));
      ContributionHeader header = TestContract.header(1);
      rig.sendBytes(
          "c",
          WireFormat.DELTA_CHUNK.encode(
              Spoiled.signed(
                  CONTRACT,
                  0,
                  DeltaChunk.newBuilder(chunk)
                      .setHeader(ContributionHeader.newBuilder(header).setCheckIn(endless).build())
                      .build())));
      rig.say(CONTRACT, 0, endless, 5);
      rig.settle();
      assertThat(rig.graph().rejections)
          .hasSize(5)
          .allSatisfy(
              record ->
                  assertThat(record.value().length + record.key().length()).isLessThan(5_000));
      assertThat(rig.rejections())
          .extracting(Rejection::getMessage)
          .noneMatch(message -> message.contains("\n"));
      assertRoundOneIsUnharmed(rig);
    }
  }

  @Test
  void copiesWithoutEndDoNotFillTheWindow() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      DeltaChunk chunk = honest(rig.base(CONTRACT)).chunk(0);
      for (int copy = 0; copy < 50; copy++) {
        rig.send(chunk);
      }
      rig.settle();
      assertThat(rig.rejections())
          .extracting(Rejection::getReason)
          .containsOnly("duplicate")
          .hasSize(49);
      assertThat(rig.rejections())
          .filteredOn(told -> told.getMessage().contains("has arrived 4 times"))
          .hasSize(50 - 4);
      rig.send(honest(rig.base(CONTRACT)).chunk(1));
      rig.send(honest(rig.base(CONTRACT)).chunk(2));
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void newContributionsWithoutEndDoNotFillTheWindow() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      for (int value = 0; value < 20; value++) {
        rig.send(
            CONTRACT.contribution(0, 1, rig.base(CONTRACT), CONTRACT.constant(value)).chunk(0));
      }
      rig.settle();
      assertThat(rig.rejections())
          .filteredOn(told -> told.getMessage().contains("16 contributions"))
          .hasSize(20 - 16);
    }
  }

  @Test
  void copiesByOthersDoNotShutOutWhatASiteTrainsAnewAfterACrash() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      DeltaChunk begun =
          CONTRACT.contribution(0, 1, rig.base(CONTRACT), CONTRACT.constant(50)).chunk(0);
      for (int copy = 0; copy < 50; copy++) {
        rig.send(begun);
      }
      rig.settle();
      rig.send(honest(rig.base(CONTRACT)));
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void aSiteThatIsEnrolledAgainMayContributeAgain() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Contribution contribution = honest(rig.base(CONTRACT));
      for (int copy = 0; copy < 5; copy++) {
        rig.send(contribution);
      }
      rig.settle();
      TestSite site = CONTRACT.site(0);
      String address = site.key().address();
      rig.graph()
          .contractEvents(
              List.of(
                  ContractEvent.removed(1_000, 0, CONTRACT.name(), address),
                  ContractEvent.enrolled(
                      1_001, 0, CONTRACT.name(), address, site.name(), TestContract.MAX_WEIGHT)));
      rig.settle();
      rig.send(contribution);
      rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void aSiteThatBeginsAgainAndAgainIsStoppedAndMayEndWhatItHasBegun() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Hash base = rig.base(CONTRACT);
      rig.send(honest(base).chunk(0));
      for (int begun = 1; begun < 32; begun++) {
        // Fewer of each chunk than the door lets in.
        rig.send(
            CONTRACT.contribution(0, 1, base, CONTRACT.constant(100 + begun)).chunk(begun % 3));
      }
      rig.settle();
      assertThat(rig.rejections()).isEmpty();
      rig.send(CONTRACT.contribution(0, 1, base, CONTRACT.constant(200)).chunk(0));
      rig.settle();
      assertThat(onlyRejection(rig, RejectionReason.TOO_MANY).getMessage())
          .contains(CONTRACT.site(0).name(), "32 contributions to round 1");
      rig.send(honest(base).chunk(1));
      rig.send(honest(base).chunk(2));
      rig.send(CONTRACT.contribution(1, 1, base, CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void theSameDeltaSignedWithAnotherHeaderDoesNotChangeTheFirst() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Hash base = rig.base(CONTRACT);
      rig.send(honest(base).chunk(0));
      rig.settle();
      Contribution heavier =
          CONTRACT.contribution(0, 1, base, TestContract.header(50), CONTRACT.constant(1));
      rig.send(heavier.chunk(1));
      rig.settle();
      assertThat(rig.rejections()).isEmpty();
      rig.send(honest(base).chunk(1));
      rig.send(honest(base).chunk(2));
      rig.settle();
      onlyRejection(rig, RejectionReason.CONFLICTING);
      rig.send(heavier.chunk(2));
      rig.settle();
      assertThat(rig.rejections().get(1).getField()).isEqualTo("header");
      rig.send(CONTRACT.contribution(1, 1, base, CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
    }
  }

  @Test
  void theSameDeltaBegunAnewWithAnotherHeaderCountsWhenItIsWhole() throws Exception {
    try (SwarmRig rig = rigInRoundOne()) {
      Hash base = rig.base(CONTRACT);
      rig.send(honest(base).chunk(0)); // and then its site node was killed, and forgot the loss
      rig.settle();
      rig.send(CONTRACT.contribution(0, 1, base, TestContract.header(50), CONTRACT.constant(1)));
      rig.send(CONTRACT.contribution(1, 1, base, TestContract.header(50), CONTRACT.constant(3)));
      assertRoundOneMadeTheModel(rig, 1 + 2);
      assertThat(rig.records(CONTRACT).get(1).getParticipants())
          .extracting(participant -> participant.getHeader().getWeight())
          .containsExactly(50, 50);
    }
  }

  private static SwarmRig rigInRoundOne() throws Exception {
    SwarmRig rig = new SwarmRig(3, CONTRACT);
    rig.send(CONTRACT.contribution(0, 0, Hash.ZERO, CONTRACT.constant(1)));
    rig.send(CONTRACT.contribution(1, 0, Hash.ZERO, CONTRACT.constant(1)));
    rig.settle();
    assertThat(rig.records(CONTRACT)).hasSize(1);
    return rig;
  }

  private static Contribution honest(Hash base) {
    return CONTRACT.contribution(0, 1, base, CONTRACT.constant(1));
  }

  private static void assertRoundOneIsUnharmed(SwarmRig rig) throws Exception {
    rig.send(honest(rig.base(CONTRACT)));
    rig.send(CONTRACT.contribution(1, 1, rig.base(CONTRACT), CONTRACT.constant(3)));
    assertRoundOneMadeTheModel(rig, 1 + 2);
  }

  private static void assertRoundOneMadeTheModel(SwarmRig rig, float value) throws Exception {
    rig.settle();
    assertThat(rig.records(CONTRACT)).hasSize(2);
    assertThat(rig.model(CONTRACT)).get().isEqualTo(CONTRACT.constant(value));
    Leftovers.assertNone(rig, CONTRACT);
  }

  private static Rejection onlyRejection(SwarmRig rig, RejectionReason reason) throws Exception {
    List<Rejection> rejections = rig.rejections();
    assertThat(rejections).extracting(Rejection::getReason).containsExactly(reason.code());
    return rejections.get(0);
  }

  /** The contract as a third site sees it that nobody enrolled. */
  private static TestContract stranger() {
    return new TestContract(
        CONTRACT.terms(), List.of(CONTRACT.site(0), CONTRACT.site(1), TestSite.seeded(666)));
  }

  private static TestContract ofLayout(long parameters, int chunkValues) {
    return TestContract.of("c", "mean", 2, 2, 30_000, parameters, chunkValues);
  }

  /** Signed as a whole by a site whose library does not look at its values. */
  private static DeltaChunk notFinite(Hash base, float value) {
    return Spoiled.withValues(CONTRACT, 0, 1, base, value);
  }
}
