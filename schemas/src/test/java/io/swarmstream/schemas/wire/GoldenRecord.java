package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of each kind whose bytes are committed. No two neighbours of one type have the same
 * value, so that swapped fields show.
 *
 * @param name of its files
 * @param format the kind's format
 * @param value the record
 */
public record GoldenRecord<T extends SpecificRecord>(String name, WireFormat<T> format, T value) {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  public static final SiteKey KEY = SiteKey.ofSeed(7);

  public static final ContractTerms TERMS =
      new ContractTerms(
              "retina",
              "eip155:31337:0x00000000000000000000000000000000000000aa",
              "geomedian",
              2,
              30_000,
              10,
              4,
              DeltaEncoding.FLOAT32,
              ModelLayout.parse("dense:4x2\nbias:2").hash().hex())
          .withPayloadHash(PayloadHash.SHA_256);

  /** The same terms with the payload hash of contracts that are made today. */
  public static final ContractTerms BLAKE3_TERMS = TERMS.withPayloadHash(PayloadHash.BLAKE3);

  static List<GoldenRecord<?>> all() {
    return Stream.concat(plain(), GoldenMaskRecords.all()).toList();
  }

  private static Stream<GoldenRecord<?>> plain() {
    return Stream.of(
        deltaChunk(),
        modelChunk(PayloadHash.SHA_256),
        roundRecord(0, 0, 0),
        roundNotice(),
        rejection(),
        siteEvent(),
        roundRecord(0.25, 0.5, 96),
        roundRecord(0, 0, 0, 2.5, List.of(1e30, 2.0)),
        roundRecordWithFigures(),
        deltaChunk(BLAKE3_TERMS),
        modelChunk(PayloadHash.BLAKE3),
        roundRecordWithPayloadHash(),
        roundRecordWithArrivals(),
        roundRecordWithOptimizer(),
        roundPlan());
  }

  static GoldenRecord<RoundPlan> roundPlan() {
    RoundRecord record = roundRecordWithArrivals().value();
    return new GoldenRecord<>(
        "round-plan",
        WireFormat.ROUND_PLAN,
        RoundPlan.newBuilder()
            .setContract(record.getContract())
            .setTermsHash(record.getTermsHash())
            .setRound(record.getRound())
            .setBaseHash(record.getBaseHash())
            .setFence(1_700_000_000_001L)
            .setParticipants(record.getParticipants())
            .setSigned(
                record.getParticipants().stream()
                    .map(in -> hash("signed by " + in.getName()).toAvro())
                    .toList())
            .setArrivedAtMs(record.getArrivedAtMs())
            .setLeftOut(record.getLeftOut())
            .setClosedBy(record.getClosedBy())
            .setOpenedAtMs(record.getOpenedAtMs())
            .setClosedAtMs(record.getClosedAtMs())
            .build());
  }

  public static GoldenRecord<DeltaChunk> deltaChunk() {
    return deltaChunk(TERMS);
  }

  public static GoldenRecord<DeltaChunk> deltaChunk(ContractTerms terms) {
    return new GoldenRecord<>("delta-chunk", WireFormat.DELTA_CHUNK, contribution(terms).chunk(1));
  }

  public static Contribution contribution() {
    return contribution(TERMS);
  }

  private static Contribution contribution(ContractTerms terms) {
    float[] delta = {0.5f, -1.25f, 0f, Float.MIN_VALUE, 1e30f, -0f, 7f, 0.1f, -2f, 4f};
    return Contribution.sign(KEY, terms, 12, hash("base"), delta, header());
  }

  private static ContributionHeader header() {
    return new ContributionHeader(3, 4096L, 0.75, Double.NaN, 2.5, 10.0, CheckIn.TRAINING.code());
  }

  private static GoldenRecord<ModelChunk> modelChunk(PayloadHash hash) {
    byte[] payload = FloatCodec.encode(new float[] {1f, -2f, 0.25f, -Float.MIN_NORMAL});
    return new GoldenRecord<>(
        "model-chunk",
        WireFormat.MODEL_CHUNK,
        new ModelChunk(
            "retina",
            12L,
            1,
            3,
            FloatCodec.FLOAT32,
            hash.leaf(payload).toAvro(),
            ByteBuffer.wrap(payload),
            hash.code()));
  }

  private static GoldenRecord<RoundRecord> roundRecord(
      double drift, double allowedDrift, int nextInterval) {
    return roundRecord(drift, allowedDrift, nextInterval, 0, List.of());
  }

  private static GoldenRecord<RoundRecord> roundRecordWithFigures() {
    GoldenRecord<RoundRecord> without = roundRecord(0, 0, 0, 0, List.of(3.5, 0.0));
    return new GoldenRecord<>(
        without.name(),
        without.format(),
        RoundRecord.newBuilder(without.value())
            .setCosines(List.of(-0.75, Double.NaN))
            .setMergedNorm(1.5)
            .setBytes(List.of(40L, 44L))
            .build());
  }

  private static GoldenRecord<RoundRecord> roundRecordWithPayloadHash() {
    GoldenRecord<RoundRecord> without = roundRecordWithFigures();
    return new GoldenRecord<>(
        without.name(),
        without.format(),
        RoundRecord.newBuilder(without.value())
            .setTermsHash(BLAKE3_TERMS.hash().toAvro())
            .setPayloadHash(PayloadHash.BLAKE3.code())
            .build());
  }

  static GoldenRecord<RoundRecord> roundRecordWithArrivals() {
    GoldenRecord<RoundRecord> without = roundRecordWithPayloadHash();
    return new GoldenRecord<>(
        without.name(),
        without.format(),
        RoundRecord.newBuilder(without.value())
            .setArrivedAtMs(List.of(1_767_225_603_000L, 1_767_225_612_000L))
            .build());
  }

  private static GoldenRecord<RoundRecord> roundRecordWithOptimizer() {
    GoldenRecord<RoundRecord> without = roundRecordWithArrivals();
    return new GoldenRecord<>(
        without.name(),
        without.format(),
        RoundRecord.newBuilder(without.value())
            .setTermsHash(BLAKE3_TERMS.withOptimizer(Optimizer.of("adam")).hash().toAvro())
            .setOptimizerState(List.of(hash("first vector").toAvro(), hash("second").toAvro()))
            .build());
  }

  private static GoldenRecord<RoundRecord> roundRecord(
      double drift, double allowedDrift, int nextInterval, double normLimit, List<Double> norms) {
    Participant participant =
        new Participant(KEY.address(), "hospital-a", contribution().root().toAvro(), header());
    Participant finished =
        new Participant(
            SiteKey.ofSeed(8).address(),
            "clinique-é",
            hash("other contribution").toAvro(),
            new ContributionHeader(0, 0L, Double.NaN, 0.5, 10.0, 0.0, CheckIn.INACTIVE.code()));
    return new GoldenRecord<>(
        "round-record",
        WireFormat.ROUND_RECORD,
        new RoundRecord(
            "retina",
            TERMS.hash().toAvro(),
            12L,
            "geomedian",
            List.of(participant, finished),
            List.of("hospital-c"),
            "grace-period",
            hash("base").toAvro(),
            hash("model").toAvro(),
            10L,
            3,
            0.75,
            17,
            1e-9,
            1_767_225_600_000L,
            1_767_225_612_345L,
            drift,
            allowedDrift,
            nextInterval,
            normLimit,
            norms,
            List.of(),
            0.0,
            List.of(),
            PayloadHash.SHA_256.code(),
            List.of(),
            List.of(),
            List.of(),
            ByteBuffer.allocate(0),
            0L));
  }

  private static GoldenRecord<RoundNotice> roundNotice() {
    return new GoldenRecord<>(
        "round-notice",
        WireFormat.ROUND_NOTICE,
        new RoundNotice(
            "retina",
            12L,
            1,
            2,
            List.of("hospital-b", "hospital-c"),
            4,
            List.of("hospital-d"),
            -1L,
            "fence-1",
            1_767_225_600_001L));
  }

  private static GoldenRecord<Rejection> rejection() {
    return new GoldenRecord<>(
        "rejection",
        WireFormat.REJECTION,
        new Rejection(
            "retina",
            RejectionReason.NOT_FINITE.code(),
            "payload",
            "parameter 5 is NaN",
            KEY.address(),
            12L,
            1,
            contribution().root().hex(),
            "retina.deltas",
            6,
            98_765_432_100L,
            1_767_225_600_002L));
  }

  private static GoldenRecord<SiteEvent> siteEvent() {
    return new GoldenRecord<>(
        "site-event",
        WireFormat.SITE_EVENT,
        SiteEvents.sign(KEY, TERMS, SiteEvents.JOINED, 1_767_225_600_003L));
  }

  private static Hash hash(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The schema that the record is written with. */
  Schema schema() {
    return format.schemaOf(value);
  }

  int version() {
    return encoded()[3];
  }

  byte[] encoded() {
    return format.encode(value);
  }

  T decoded(byte[] bytes) throws MalformedRecordException {
    return format.decode(bytes);
  }

  byte[] committedBytes() {
    try {
      return Files.readAllBytes(bytesFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path bytesFile() {
    return folder().resolve(name + ".bin");
  }

  Path jsonFile() {
    return folder().resolve(name + ".json");
  }

  Path folder() {
    return FOLDER.resolve("v" + version());
  }

  /**
   * Compares as Avro orders, since the generated {@code equals} holds NaN for different from
   * itself.
   */
  static void assertSame(SpecificRecord actual, SpecificRecord expected) {
    assertThat(actual)
        .usingComparator(
            (one, other) -> SpecificData.get().compare(one, other, expected.getSchema()))
        .isEqualTo(expected);
  }

  /** The content for people and for readers in other languages, bytes in hexadecimal. */
  String json() {
    return RecordText.of(value, schema()) + "\n";
  }

  @Override
  public String toString() {
    return name + ".v" + version();
  }
}
