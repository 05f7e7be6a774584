package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class BoundedDecoderTest {
  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "fields": [
                {"name": "nothing", "type": "null"},
                {"name": "yes", "type": "boolean"},
                {"name": "small", "type": "int"},
                {"name": "big", "type": "long"},
                {"name": "single", "type": "float"},
                {"name": "real", "type": "double"},
                {"name": "text", "type": "string"},
                {"name": "bytes", "type": "bytes"},
                {"name": "fixed", "type": {"type": "fixed", "name": "Four", "size": 4}},
                {"name": "choice", "type": {"type": "enum", "name": "Choice", "symbols": ["A", "B"]}},
                {"name": "list", "type": {"type": "array", "items": "long"}},
                {"name": "map", "type": {"type": "map", "values": "int"}},
                {"name": "either", "type": ["null", "string"]},
                {"name": "last", "type": "long"}
              ]}
              """);
  private static final Schema LAST_ONLY =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "fields": [{"name": "last", "type": "long"}]}
              """);

  @Test
  void readsEveryTypeOfAvro() throws IOException {
    assertThat(read(binary(everything()), EVERYTHING)).isEqualTo(everything());
  }

  @Test
  void skipsEveryTypeOfAvro() throws IOException {
    assertThat(read(binary(everything()), LAST_ONLY).get("last")).isEqualTo(-77L);
  }

  /** As writers in other languages write them, so that readers can skip. */
  @Test
  void readsAndSkipsBlocksThatSayTheirSize() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder blocking =
        new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
    GenericData.Record value = everything();
    value.put("list", LongStream.range(0, 1000).boxed().toList());
    new GenericDatumWriter<>(EVERYTHING).write(value, blocking);
    blocking.flush();

    assertThat(read(out.toByteArray(), EVERYTHING)).isEqualTo(value);
    assertThat(read(out.toByteArray(), LAST_ONLY)).isEqualTo(read(binary(value), LAST_ONLY));
  }

  @Test
  void refusesANumberThatDoesNotEnd() {
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0};

    assertThatThrownBy(() -> new BoundedDecoder(endless, 0).readLong())
        .isInstanceOf(InvalidNumberEncodingException.class)
        .hasMessageContaining("10 bytes");
    assertThatThrownBy(() -> new BoundedDecoder(endless, 0).readInt())
        .isInstanceOf(InvalidNumberEncodingException.class)
        .hasMessageContaining("5 bytes");
  }

  @Test
  void refusesALongWhereAnIntHasToBe() {
    byte[] large = {-128, -128, -128, -128, 127};

    assertThatThrownBy(() -> new BoundedDecoder(large, 0).readInt())
        .isInstanceOf(InvalidNumberEncodingException.class)
        .hasMessageContaining("where an int has to be");
  }

  @Test
  void saysHowManyBytesAreMissing() {
    assertThatThrownBy(() -> new BoundedDecoder(new byte[] {1, 2, 3}, 1).readDouble())
        .isInstanceOf(EOFException.class)
        .hasMessage("the record ends 6 bytes early");
    assertThatThrownBy(() -> new BoundedDecoder(new byte[] {20, 2, 3}, 0).readBytes(null))
        .isInstanceOf(EOFException.class)
        .hasMessage("a length of 10 bytes, with 2 bytes left of the record");
  }

  private static GenericData.Record everything() {
    GenericData.Record value = new GenericData.Record(EVERYTHING);
    value.put("yes", true);
    value.put("small", Integer.MIN_VALUE);
    value.put("big", Long.MAX_VALUE);
    value.put("single", -0.1f);
    value.put("real", Double.MIN_VALUE);
    value.put("text", "grüße 🐝");
    value.put("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    value.put(
        "fixed",
        new GenericData.Fixed(EVERYTHING.getField("fixed").schema(), new byte[] {4, 5, 6, 7}));
    value.put("choice", new GenericData.EnumSymbol(EVERYTHING.getField("choice").schema(), "B"));
    value.put("list", List.of(1L, Long.MIN_VALUE));
    value.put("map", Map.of("one", 1));
    value.put("either", "this");
    value.put("last", -77L);
    return value;
  }

  private static byte[] binary(GenericData.Record value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(value.getSchema()).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericData.Record read(byte[] bytes, Schema as) throws IOException {
    return new GenericDatumReader<GenericData.Record>(EVERYTHING, as)
        .read(null, new BoundedDecoder(bytes, 0));
  }
}
