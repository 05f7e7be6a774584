package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionTest {
  private static final int KIND = 99;
  private static final WireFormat<Sighting> TODAY =
      new WireFormat<>(KIND, Sighting.class, List.of(Sighting.V1, Sighting.V2));

  static List<GoldenRecord<?>> records() {
    return GoldenRecord.all();
  }

  @ParameterizedTest
  @MethodSource("records")
  void aReaderTakesWhatItKnowsOfANewerRecord(GoldenRecord<?> golden) throws Exception {
    int next = golden.format().newestVersion() + 1;
    byte[] newer = framed(golden.encoded()[2], next, written(golden));

    GoldenRecord.assertSame(golden.decoded(newer), golden.value());
  }

  @ParameterizedTest
  @MethodSource("records")
  void aReaderMayBeManyVersionsBehind(GoldenRecord<?> golden) throws Exception {
    byte[] newer = framed(golden.encoded()[2], Byte.MAX_VALUE, written(golden));

    GoldenRecord.assertSame(golden.decoded(newer), golden.value());
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordOfTheReadersOwnVersionHasNothingBehindIt(GoldenRecord<?> golden) throws Exception {
    byte kind = golden.encoded()[2];
    int newest = golden.format().newestVersion();

    assertThatThrownBy(() -> golden.decoded(framed(kind, newest, written(golden))))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("left behind");
  }

  @Test
  void aNewerReaderFillsAnOlderRecordWithDefaults() throws Exception {
    GenericData.Record older = new GenericData.Record(Sighting.V1);
    older.put("bird", "wren");
    older.put("count", 3L);

    Sighting read = TODAY.decode(framed((byte) KIND, 1, binary(older, Sighting.V1)));

    assertThat(read.bird).isEqualTo("wren");
    assertThat(read.count).isEqualTo(3);
    assertThat(read.place).isEqualTo("unknown");
  }

  @Test
  void aWriterWritesTheOldestVersionThatSaysAllOfIt() throws Exception {
    byte[] bytes = TODAY.encode(new Sighting("wren", 3, "unknown"));

    assertThat(bytes[3]).isEqualTo((byte) 1);
    assertThat(TODAY.decode(bytes).place).isEqualTo("unknown");
  }

  @Test
  void aWriterWritesTheVersionThatHasWhatItSays() throws Exception {
    byte[] bytes = TODAY.encode(new Sighting("wren", 3, "the hedge"));

    assertThat(bytes[3]).isEqualTo((byte) 2);
    assertThat(TODAY.decode(bytes).place).isEqualTo("the hedge");
  }

  @Test
  void anOlderRecordHasNothingBehindItEither() throws Exception {
    byte[] bytes = TODAY.encode(new Sighting("wren", 3, "the hedge"));
    bytes[3] = 1;

    assertThatThrownBy(() -> TODAY.decode(bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("left behind");
  }

  /** The golden value as a writer of the next version would write it. */
  private static byte[] written(GoldenRecord<?> golden) throws IOException {
    Schema known = golden.value().getSchema();
    List<Schema.Field> fields = new ArrayList<>();
    known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(
        new Schema.Field("fromTheFuture", Schema.create(Schema.Type.STRING), "", "not known yet"));
    Schema next = Schema.createRecord(known.getName(), null, known.getNamespace(), false, fields);
    GenericData.Record value = new GenericData.Record(next);
    known.getFields().forEach(field -> value.put(field.pos(), golden.value().get(field.pos())));
    value.put("fromTheFuture", "flying cars");
    return binary(value, next);
  }

  private static byte[] binary(GenericData.Record value, Schema schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] framed(byte kind, int version, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {'S', 'W', kind, (byte) version});
    out.write(body);
    return out.toByteArray();
  }
}
