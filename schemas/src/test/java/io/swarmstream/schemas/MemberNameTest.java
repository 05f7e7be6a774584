package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "hospital-a", "org_a.example", "Ward-7.B"})
  void takesUsualNames(String name) {
    assertThat(MemberName.check("--name", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "-x", "../up", "two words", "a\n", "ärzte", "a/b"})
  void refusesWhatIsNoNameOfAFile(String name) {
    assertThat(MemberName.isValid(name)).isFalse();
    assertThatThrownBy(() -> MemberName.check("--name", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--name must be 1 to 64 letters");
  }

  @Test
  void takesAtMost64Characters() {
    assertThat(MemberName.isValid("a".repeat(64))).isTrue();
    assertThat(MemberName.isValid("a".repeat(65))).isFalse();
  }
}
