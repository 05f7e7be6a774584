package io.swarmstream.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkLayoutTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 245760, 1, 1",
    "10, 4, 3, 2",
    "12, 4, 3, 4",
    "13, 4, 4, 1",
    "1000000000, 245760, 4070, 2560",
    "1048576, 1, 1048576, 1",
    "257698037760, 245760, 1048576, 245760"
  })
  void cutsFullChunksAndARest(long parameters, int values, int count, int last) {
    ChunkLayout layout = new ChunkLayout(parameters, values);

    assertThat(layout.chunkCount()).isEqualTo(count);
    assertThat(layout.length(count - 1)).isEqualTo(last);
    assertThat(layout.offset(count - 1)).isEqualTo(parameters - last);
    assertThat(layout.length(0)).isEqualTo((int) Math.min(values, parameters));
    assertThat(layout.offset(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void hasNoOtherChunks(int chunk) {
    ChunkLayout layout = new ChunkLayout(10, 4);

    assertThatThrownBy(() -> layout.offset(chunk))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("chunk " + chunk + " of 3");
    assertThatThrownBy(() -> layout.length(chunk)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, parameterCount is 0",
    "-1, 4, parameterCount is -1",
    "10, 0, chunkValues is 0",
    "10, 245761, chunkValues is 245761",
    "1048577, 1, more than 1048576 chunks",
    "9223372036854775807, 245760, more than 1048576 chunks"
  })
  void refusesWhatCannotBeCut(long parameters, int values, String message) {
    assertThatThrownBy(() -> new ChunkLayout(parameters, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void fillsNoMoreThan960KibibytesWithAChunk() {
    assertThat(ChunkLayout.MAX_CHUNK_VALUES * Float.BYTES).isEqualTo(960 * 1024);
  }
}
