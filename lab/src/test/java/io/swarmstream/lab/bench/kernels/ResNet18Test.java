package io.swarmstream.lab.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResNet18Test {
  @Test
  void hasTheShapesOfThePaper() {
    List<List<Long>> shapes = ResNet18.shapes(ResNet18.PARAMETERS);
    assertThat(shapes).hasSize(62);
    assertThat(shapes.get(0)).containsExactly(64L, 3L, 7L, 7L);
    assertThat(shapes.get(60)).containsExactly(1_000L, 512L);
    assertThat(total(shapes)).isEqualTo(11_689_512);
  }

  @Test
  void isMeantByWhatPeopleWrite() {
    assertThat(ResNet18.parameters(11_700_000)).isEqualTo(ResNet18.PARAMETERS);
    assertThat(ResNet18.parameters(11_000_000)).isEqualTo(11_000_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 1_000_003, 50_000_000})
  void sharesAnyOtherNumberAmongAsManyTensors(long parameters) {
    List<List<Long>> shapes = ResNet18.shapes(parameters);
    assertThat(shapes).hasSize(62);
    assertThat(total(shapes)).isEqualTo(parameters);
  }

  private static long total(List<List<Long>> shapes) {
    return shapes.stream().mapToLong(ResNet18::size).sum();
  }
}
