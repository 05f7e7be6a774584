package io.swarmstream.schemas.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isSha256OfItsPartsInARow() {
    assertThat(Hash.sha256("abc".getBytes(UTF_8)).hex()).isEqualTo(ABC);
    assertThat(Hash.sha256("a".getBytes(UTF_8), "bc".getBytes(UTF_8)).hex()).isEqualTo(ABC);
  }

  @Test
  void goesToTextAndAvroAndBack() {
    Hash hash = Hash.ofHex(ABC);

    assertThat(Hash.ofHex(hash.hex())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.of(hash.toAvro())).isEqualTo(hash);
    assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
    assertThat(hash).hasToString(ABC).isNotEqualTo(Hash.ZERO);
  }

  @Test
  void doesNotChangeWithTheArraysItCameFromOrGave() {
    byte[] source = Hash.ofHex(ABC).bytes();
    Hash hash = Hash.of(source);
    source[0]++;
    hash.bytes()[0]++;
    hash.toAvro().bytes()[0]++;

    assertThat(hash.hex()).isEqualTo(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "0x",
        "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void isNotReadFromOtherText(String text) {
    assertThatThrownBy(() -> Hash.ofHex(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is no hash");
  }

  @Test
  void has32Bytes() {
    assertThatThrownBy(() -> Hash.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hash has 32 bytes, not 31");
  }
}
