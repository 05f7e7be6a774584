package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a stranger sends, a reader says no in proportion to what was sent. */
class HostileBytesTest {
  private static final int MUTATIONS_PER_KIND = 3_000;

  /** An empty text of one byte costs 4 to 8 bytes of pointer, a text of one letter 50 or so. */
  private static final int MULTIPLE = 64;

  /** The reader itself, the exception and its stack. */
  private static final long FIXED_BYTES = 64 * 1024;

  private static final long[] LENGTHS = {
    1_000,
    Integer.MAX_VALUE - 8L,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE + 1L,
    1L << 32,
    (1L << 32) + 1,
    Long.MAX_VALUE,
    -1,
    Integer.MIN_VALUE,
    -Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  static List<GoldenRecord<?>> records() {
    return GoldenRecord.all();
  }

  /** Loads all classes, so that no case pays for them. */
  @BeforeAll
  static void warmUp() throws Exception {
    for (GoldenRecord<?> golden : records()) {
      byte[] bytes = golden.encoded();
      golden.decoded(bytes);
      isRefused(golden, Arrays.copyOf(bytes, bytes.length - 1));
    }
  }

  static Stream<Arguments> fieldsWithALength() {
    return records().stream()
        .flatMap(
            golden ->
                golden.value().getSchema().getFields().stream()
                    .filter(field -> hasLength(field.schema()))
                    .map(field -> Arguments.of(golden, field.name())));
  }

  @ParameterizedTest
  @MethodSource("fieldsWithALength")
  void aLengthBeyondTheRecordIsNotBelieved(GoldenRecord<?> golden, String field)
      throws IOException {
    for (long length : LENGTHS) {
      byte[] start = bytesBefore(golden, field);
      assertRefusedCheaply(golden, followedBy(start, length), field + " of " + length);
      // A negative count of items is followed by a size.
      assertRefusedCheaply(golden, followedBy(start, length, 4), field + " of " + length);
      assertRefusedCheaply(golden, followedBy(start, length, length), field + " of " + length);
      assertRefusedCheaply(golden, followedBy(start, -length, 2), field + " of " + -length);
    }
  }

  @Test
  void laterBlocksOfAnArrayAreNotBelievedEither() throws IOException {
    GoldenRecord<?> golden = records().get(3);
    byte[] missing = bytesBefore(golden, "missing");
    for (long length : LENGTHS) {
      // One block of one empty name first.
      assertRefusedCheaply(golden, followedBy(missing, 1, 0, length), "a block of " + length);
    }
  }

  @Test
  void manyEmptyItemsCostLittle() throws IOException {
    GoldenRecord<?> golden = records().get(3);
    int count = 500_000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(followedBy(bytesBefore(golden, "missing"), count));
    out.write(new byte[count]);

    assertRefusedCheaply(golden, out.toByteArray(), "empty names");
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordCutAnywhereIsRefused(GoldenRecord<?> golden) {
    byte[] bytes = golden.encoded();
    for (int length = 0; length < bytes.length; length++) {
      assertRefusedCheaply(golden, Arrays.copyOf(bytes, length), "cut to " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordWithBytesBehindItIsRefused(GoldenRecord<?> golden) {
    byte[] bytes = golden.encoded();
    assertRefusedCheaply(golden, Arrays.copyOf(bytes, bytes.length + 1), "one byte more");
  }

  @ParameterizedTest
  @MethodSource("records")
  void aFrameOfAnotherKindOrOfNoVersionIsRefused(GoldenRecord<?> golden) {
    for (int at = 0; at < 4; at++) {
      byte[] bytes = golden.encoded();
      bytes[at] = (byte) (at == 3 ? -1 : bytes[at] + 1);
      assertThatThrownBy(() -> golden.decoded(bytes))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining("frame of a " + golden.value().getSchema().getName());
    }
    byte[] zero = golden.encoded();
    zero[3] = 0;
    assertRefusedCheaply(golden, zero, "version 0");
  }

  @ParameterizedTest
  @MethodSource("records")
  void garbageBehindAFrameIsHarmless(GoldenRecord<?> golden) {
    Random random = new Random(1);
    for (int i = 0; i < MUTATIONS_PER_KIND; i++) {
      byte[] bytes = new byte[4 + random.nextInt(400)];
      random.nextBytes(bytes);
      System.arraycopy(golden.encoded(), 0, bytes, 0, 4);
      assertHarmless(golden, bytes, "garbage " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void mutatedRecordsAreHarmless(GoldenRecord<?> golden) throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < MUTATIONS_PER_KIND; i++) {
      byte[] bytes = golden.encoded();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes = mutated(bytes, random);
      }
      assertHarmless(golden, bytes, "mutation " + i);
    }
    // The thread's reader, which Avro keeps, still reads.
    GoldenRecord.assertSame(golden.decoded(golden.encoded()), golden.value());
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsReadIsWhatAvroItselfReads(GoldenRecord<?> golden) throws Exception {
    Random random = new Random(3);
    int read = 0;
    for (int i = 0; i < MUTATIONS_PER_KIND; i++) {
      byte[] bytes = golden.encoded();
      bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      if (!isRefused(golden, bytes)) {
        read++;
        GoldenRecord.assertSame(golden.decoded(bytes), byAvro(golden, bytes));
      }
    }
    assertThat(read).as("mutations that are still records").isGreaterThan(MUTATIONS_PER_KIND / 10);
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    GoldenRecord<?> golden = records().get(3);
    byte[] bytes = golden.encoded();
    bytes[5] = (byte) 0xC3;

    assertThatThrownBy(() -> golden.decoded(bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void theReplacementCharacterItselfIsText() throws Exception {
    var notice = WireFormat.ROUND_NOTICE.decode(records().get(3).encoded());
    notice.put("fence", "\uFFFD is a character too");

    assertThat(WireFormat.ROUND_NOTICE.decode(WireFormat.ROUND_NOTICE.encode(notice)))
        .isEqualTo(notice);
  }

  private static void assertRefusedCheaply(GoldenRecord<?> golden, byte[] bytes, String what) {
    long before = Allocation.bytes();
    boolean refused = isRefused(golden, bytes);
    long allocated = Allocation.bytes() - before;
    assertThat(refused).as("%s, %s is refused", golden, what).isTrue();
    assertThat(allocated)
        .as("%s, %s: bytes allocated for %d", golden, what, bytes.length)
        .isLessThan(FIXED_BYTES + (long) MULTIPLE * bytes.length);
  }

  private static void assertHarmless(GoldenRecord<?> golden, byte[] bytes, String what) {
    long before = Allocation.bytes();
    isRefused(golden, bytes);
    assertThat(Allocation.bytes() - before)
        .as("%s, %s: bytes allocated for %d", golden, what, bytes.length)
        .isLessThan(FIXED_BYTES + (long) MULTIPLE * bytes.length);
  }

  /** Fails on anything thrown but a refusal. */
  private static boolean isRefused(GoldenRecord<?> golden, byte[] bytes) {
    try {
      golden.decoded(bytes);
      return false;
    } catch (MalformedRecordException e) {
      return true;
    }
  }

  private static SpecificRecord byAvro(GoldenRecord<?> golden, byte[] bytes) throws IOException {
    return new SpecificDatumReader<SpecificRecord>(golden.schema(), golden.value().getSchema())
        .read(null, DecoderFactory.get().binaryDecoder(bytes, 4, bytes.length - 4, null));
  }

  private static byte[] mutated(byte[] bytes, Random random) throws IOException {
    int at = 4 + random.nextInt(Math.max(1, bytes.length - 4));
    if (at >= bytes.length) {
      return bytes;
    }
    byte[] changed = bytes.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> {
        return followedBy(Arrays.copyOf(bytes, at), LENGTHS[random.nextInt(LENGTHS.length)]);
      }
      default -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.write(new byte[] {-1, -1, -1, -1, (byte) random.nextInt(256)});
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
      }
    }
    return changed;
  }

  private static boolean hasLength(Schema schema) {
    return switch (schema.getType()) {
      case STRING, BYTES, ARRAY -> true;
      default -> false;
    };
  }

  /** The frame and all fields before this one. */
  private static byte[] bytesBefore(GoldenRecord<?> golden, String field) throws IOException {
    Schema whole = golden.value().getSchema();
    List<Schema.Field> before = new ArrayList<>();
    for (Schema.Field each : whole.getFields()) {
      if (each.name().equals(field)) {
        break;
      }
      before.add(new Schema.Field(each, each.schema()));
    }
    Schema start = Schema.createRecord("Start", null, null, false, before);
    GenericData.Record value = new GenericData.Record(start);
    start.getFields().forEach(each -> value.put(each.pos(), golden.value().get(each.pos())));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(golden.encoded(), 0, 4);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(start).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] followedBy(byte[] start, long... numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(start);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    for (long number : numbers) {
      encoder.writeLong(number);
    }
    encoder.flush();
    out.write("a few bytes".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
