package io.swarmstream.schemas.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtypeTest {

  /** Values of IEEE 754-2019, table 3.6 and its neighbours. */
  @ParameterizedTest
  @CsvSource({
    "0000, 0.0",
    "8000, -0.0",
    "3c00, 1.0",
    "c000, -2.0",
    "3555, 0.33325195",
    "7bff, 65504.0",
    "0400, 6.1035156E-5",
    "03ff, 6.097555E-5",
    "0001, 5.9604645E-8",
    "7c00, Infinity",
    "fc00, -Infinity",
    "7e00, NaN",
  })
  void readsHalves(String bits, Float value) {
    // Boxed: equal by their bits.
    assertThat((Float) Dtype.ofHalf((short) Integer.parseInt(bits, 16))).isEqualTo(value);
  }

  @Test
  void readsBrainFloatsAndDoubles() {
    assertThat(Dtype.BF16.read(ByteBuffer.allocate(2).putShort(0, (short) 0xc049)))
        .isEqualTo(-3.140625f);
    assertThat(Dtype.F64.read(ByteBuffer.allocate(8).putDouble(0, 0.1))).isEqualTo(0.1f);
  }
}
