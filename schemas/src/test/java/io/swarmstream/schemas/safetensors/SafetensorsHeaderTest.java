package io.swarmstream.schemas.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
  private static final ModelLayout LAYOUT =
      new ModelLayout(
          List.of(
              new TensorShape("fc.weight", List.of(3L, 2L)), new TensorShape("scale", List.of())));

  @Test
  void readsWhatItWrites() throws IOException {
    byte[] bytes = SafetensorsHeader.ofFloats(LAYOUT);

    assertThat(bytes.length % 8).isZero();
    assertThat(SafetensorsHeader.read(new ByteArrayInputStream(bytes)).tensors())
        .containsExactly(
            new TensorEntry(LAYOUT.tensors().get(0), Dtype.F32, 0, 24),
            new TensorEntry(LAYOUT.tensors().get(1), Dtype.F32, 24, 28));
  }

  @Test
  void ordersTensorsByTheirValuesAndReadsMetadata() throws IOException {
    SafetensorsHeader header =
        read(
            "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]},"
                + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}");

    assertThat(header.tensors()).extracting(TensorEntry::name).containsExactly("a", "b");
    assertThat(header.metadata()).containsExactly(Map.entry("format", "pt"));
  }

  @Test
  void writesMetadata() throws IOException {
    Map<String, String> metadata = Map.of("say \"hi\"", "line\nbreak");
    byte[] bytes = SafetensorsHeader.ofFloats(LAYOUT, metadata);

    assertThat(bytes.length % 8).isZero();
    SafetensorsHeader header = SafetensorsHeader.read(new ByteArrayInputStream(bytes));
    assertThat(header.metadata()).isEqualTo(metadata);
    assertThat(header.tensors()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}} | dtype I64",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | take 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | without a gap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | dimension of 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | dimension of -1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | not a whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}} | shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}} | 2^63-1",
        "{\"a\":1,\"a\":2} | not JSON",
        "[1,2,3] | not a JSON object",
        "not json | not JSON",
      })
  void namesWhatIsWrong(String json, String complaint) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "33554433", "-1", "9223372036854775807"})
  void refusesAHeaderOfNoSensibleLength(long length) {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();

    assertThatThrownBy(() -> SafetensorsHeader.read(new ByteArrayInputStream(bytes)))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("33554432");
  }

  @Test
  void saysWhenTheHeaderIsCutOff() {
    byte[] bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(100).array();

    assertThatThrownBy(() -> SafetensorsHeader.read(new ByteArrayInputStream(bytes)))
        .hasMessageContaining("ends within the header");
  }

  private static SafetensorsHeader read(String json) throws IOException {
    byte[] text = json.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    return SafetensorsHeader.read(new ByteArrayInputStream(bytes.array()));
  }
}
