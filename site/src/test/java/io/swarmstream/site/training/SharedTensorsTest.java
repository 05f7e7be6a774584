package io.swarmstream.site.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.SiteException;
import io.swarmstream.site.internal.NamePattern;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SharedTensorsTest {
  private static final ModelLayout MODEL =
      ModelLayout.parse("bn.weight:2\nbn.bias:1\nhead.weight:1x2\nhead.bias:1");

  @ParameterizedTest
  @CsvSource({
    "*, bn.weight bn.bias head.weight head.bias",
    "head.*, head.weight head.bias",
    "* !bn.*, head.weight head.bias",
    "!bn.*, head.weight head.bias",
    "* !head.* *.bias, bn.weight bn.bias head.bias",
    "bn.weigh?, bn.weight",
    "* !*.bias, bn.weight head.weight"
  })
  void theLastPatternThatMatchesDecides(String patterns, String shared) {
    SharedTensors chosen = SharedTensors.of(MODEL, patterns.split(" ", -1));

    List<String> names = chosen.layout().tensors().stream().map(TensorShape::name).toList();
    assertThat(String.join(" ", names)).isEqualTo(shared);
    assertThat(chosen.local()).doesNotContainAnyElementsOf(names).hasSize(4 - names.size());
  }

  static Stream<String> patterns() throws IOException {
    return CaseFile.lines("share_cases.txt");
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void readsPatternsAsPythonDoes(String line) {
    String[] parts = line.split(" \\| ", -1);
    assertThat(NamePattern.of(parts[0]).matches(parts[1])).isEqualTo(parts[2].equals("yes"));
  }

  @Test
  void refusesAPatternThatMatchesNothingAndNamesTheTensorsThatThereAre() {
    assertThatThrownBy(() -> SharedTensors.of(MODEL, "*", "!haed.*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"!haed.*\", which matches no tensor", "bn.weight, bn.bias");
    ModelLayout many =
        new ModelLayout(
            IntStream.range(0, 100)
                .mapToObj(i -> new TensorShape(String.valueOf(i), List.of(1L)))
                .toList());
    assertThatThrownBy(() -> SharedTensors.of(many, "x")).hasMessageEndingWith("6, 7, and 92 more");
    assertThatThrownBy(() -> SharedTensors.of(MODEL)).hasMessageContaining("share is empty");
    assertThatThrownBy(() -> SharedTensors.of(MODEL, "*", "!*"))
        .hasMessageContaining("keeps all tensors local");
  }

  @Test
  void keepsTensorsLocalWhoseNamesHaveBrackets() {
    ModelLayout model = ModelLayout.parse("a[0].w:1\na0.w:1\nb*:1");
    SharedTensors chosen = SharedTensors.of(model, SharedTensors.allBut(List.of("a[0].w")));
    assertThat(chosen.local()).containsExactly("a[0].w");
  }

  @Test
  void takesAndPutsTheSharedTensorsAndLeavesTheRest() {
    NamedTensors model = NamedTensors.of(MODEL, new float[] {1, 2, 3, 4, 5, 6});
    SharedTensors shared = SharedTensors.of(MODEL, "*", "!bn.*");

    assertThat(shared.take(model)).containsExactly(4, 5, 6);
    shared.put(new float[] {7, 8, 9}, model);
    assertThat(model.flat()).containsExactly(1, 2, 3, 7, 8, 9);
    assertThat(model.values("head.weight")).containsExactly(7, 8);
    assertThatThrownBy(() -> shared.put(new float[2], model))
        .hasMessageContainingAll("2 values", "the layout 3");
    assertThatThrownBy(() -> shared.take(NamedTensors.zeros(ModelLayout.flat(6))))
        .hasMessageContainingAll("no tensor head.weight", "[weights]");
    assertThatThrownBy(
            () -> shared.take(NamedTensors.zeros(ModelLayout.parse("head.weight:3\nhead.bias:1"))))
        .hasMessageContainingAll("head.weight:1x2", "3 values");
  }

  @Test
  void followsTheOrderOfTheContract() {
    NamedTensors model = NamedTensors.of(MODEL, new float[] {1, 2, 3, 4, 5, 6});
    List<TensorShape> reversed = Arrays.asList(MODEL.tensors().toArray(TensorShape[]::new));
    Collections.reverse(reversed);

    SharedTensors shared = SharedTensors.of(MODEL, "*").inOrderOf(new ModelLayout(reversed));

    assertThat(shared.take(model)).containsExactly(6, 4, 5, 3, 1, 2);
    shared.put(shared.take(model), model);
    assertThat(model.flat()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "'bn.weight:2;head.bias:1', tensor head.bias; which stays local here",
    "'bn.weight:2;tail:1', tensor tail; which does not exist here",
    "'bn.weight:3;bn.bias:1', bn.weight:3; is bn.weight:2 here",
    "'bn.weight:2', tensor bn.bias is shared here; give the same patterns"
  })
  void saysHowTheContractDiffers(String contract, String said) {
    SharedTensors shared = SharedTensors.of(MODEL, "bn.*");
    assertThatThrownBy(() -> shared.inOrderOf(ModelLayout.parse(contract.replace(';', '\n'))))
        .isInstanceOf(SiteException.class)
        .hasMessageContainingAll(said.split("; ", -1));
  }
}
