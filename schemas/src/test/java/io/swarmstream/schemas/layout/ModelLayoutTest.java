package io.swarmstream.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLayoutTest {
  private static final ModelLayout LAYOUT = ModelLayout.parse("dense:64x32\nbias:32\nscale:");

  @Test
  void isReadFromItsText() {
    assertThat(LAYOUT.tensors())
        .containsExactly(
            new TensorShape("dense", List.of(64L, 32L)),
            new TensorShape("bias", List.of(32L)),
            new TensorShape("scale", List.of()));
    assertThat(LAYOUT.parameterCount()).isEqualTo(64 * 32 + 32 + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:1",
        "a:",
        "dense/kernel:3x3",
        "layer 1.weight:3x1x7\nlayer 1.bias:3",
        "größe:9223372036854775807"
      })
  void writesTheTextItIsReadFrom(String text) {
    assertThat(ModelLayout.parse(text)).hasToString(text);
  }

  @Test
  void hashesItsText() {
    // printf 'dense:4x2\nbias:2' | sha256sum
    assertThat(ModelLayout.parse("dense:4x2\nbias:2").hash().hex())
        .isEqualTo("b3ff79a5256eeb1c3e0b84a5cf36400c0841994437c667649e2250c262485ecf");
  }

  @Test
  void ofOneVectorHasOneTensor() {
    assertThat(ModelLayout.flat(7)).hasToString("weights:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'dense'            | \"dense\" is not name:dims",
        "'a:1:2'            | \"a:1:2\" is not name:dims",
        "''                 | \"\" is not name:dims",
        "'a:1\n'            | \"\" is not name:dims",
        "':3'               | tensor name \"\" is empty",
        "'a:3x'             | \"a:3x\" has a dimension that is no number",
        "'a: 3'             | \"a: 3\" has a dimension that is no number",
        "'a:+3'             | \"a:+3\" has a dimension that is no number",
        "'a:03'             | \"a:03\" has a dimension that is no number",
        "'a:٣'              | \"a:٣\" has a dimension that is no number",
        "'a:9223372036854775808' | has a dimension that is no number",
        "'a:0'              | tensor a has a dimension of 0",
        "'a:2x-1'           | tensor a has a dimension of -1",
        "'a:1\na:2'         | two tensors are named a",
        "'a:4294967296x4294967296' | more than 2^63-1 values",
        "'a:9223372036854775807\nb:1' | more than 2^63-1 values",
      })
  void refusesTextThatIsNoLayout(String text, String message) {
    assertThatThrownBy(() -> ModelLayout.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new ModelLayout(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one tensor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'dense:64x32\nbias:33\nscale:' | tensor 1 is bias:32 in the contract and bias:33 here",
        "'dense:32x64\nbias:33\nscale:' | tensor 0 is dense:64x32 in the contract and dense:32x64 here",
        "'dense:64x32\noffset:32\nscale:' | tensor 1 is bias:32 in the contract and offset:32 here",
        "'dense:64x32\nbias:32' | the contract has 3 tensors, this model 2",
        "'dense:64x32\nbias:32\nscale:\nmore:1' | the contract has 3 tensors, this model 4",
      })
  void saysWhereAnotherLayoutDiffersFirst(String other, String difference) {
    assertThat(LAYOUT.firstDifference(ModelLayout.parse(other))).contains(difference);
  }

  @Test
  void doesNotDifferFromItself() {
    assertThat(LAYOUT.firstDifference(ModelLayout.parse(LAYOUT.toString()))).isEmpty();
  }
}
