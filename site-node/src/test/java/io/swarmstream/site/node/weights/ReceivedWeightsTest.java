package io.swarmstream.site.node.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedWeightsTest {
  @TempDir Path folder;

  @Test
  void putsTensorsInTheContractsOrder() throws IOException {
    ReceivedWeights received = read(Bodies.otherOrder(5, 1, 2, 3, 4));
    float[] flat = new float[5];
    received.file().read(0, flat, 5);

    assertThat(flat).containsExactly(1, 2, 3, 4, 5);
    assertThat(received.norm()).isCloseTo(Math.sqrt(55), within(1e-12));
  }

  @Test
  void knowsTheSameBytesAgain() throws IOException {
    assertThat(read(Bodies.otherOrder(5, 1, 2, 3, 4)).bodyHash())
        .isEqualTo(read(Bodies.otherOrder(5, 1, 2, 3, 4)).bodyHash())
        .isNotEqualTo(read(Bodies.otherOrder(5, 1, 2, 3, 5)).bodyHash());
  }

  @Test
  void namesTheTensorThatIsNotFinite() {
    assertThatThrownBy(() -> read(Bodies.otherOrder(5, 1, 2, Float.NaN, 4)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FINITE);
              assertThat(problem.field()).isEqualTo("w");
              assertThat(problem.detail()).contains("value 2 of tensor w is NaN");
            });
  }

  /** A double may be finite, and not as a float. */
  @Test
  void refusesWhatOverflowsAFloat() {
    assertThatThrownBy(() -> read(Bodies.otherOrder(1e300, 1, 2, 3, 4)))
        .hasMessageContaining("tensor b is Infinity");
  }

  @Test
  void namesTheFirstTensorThatDiffersAndBothShapes() {
    InputStream body =
        Bodies.of(
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}",
            new byte[20]);

    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.LAYOUT_MISMATCH);
              assertThat(problem.field()).isEqualTo("w");
              assertThat(problem.expected()).isEqualTo("w:2x2");
              assertThat(problem.actual()).isEqualTo("w:4");
            });
  }

  @Test
  void namesMissingAndAdditionalTensors() {
    assertThatThrownBy(
            () ->
                read(
                    Bodies.of(
                        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}",
                        new byte[16])))
        .hasMessageContaining("tensor b: the contract has b:1, this model no such tensor");
    assertThatThrownBy(
            () ->
                read(
                    Bodies.of(
                        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]},"
                            + "\"c\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[20,24]}}",
                        new byte[24])))
        .hasMessageContaining("tensor c: the contract has no such tensor, this model c:1");
  }

  @Test
  void saysWhenTheBodyIsTooShortOrTooLong() throws IOException {
    byte[] whole = Bodies.otherOrder(5, 1, 2, 3, 4).readAllBytes();

    assertThatThrownBy(() -> read(new java.io.ByteArrayInputStream(whole, 0, whole.length - 1)))
        .hasMessageContaining("ends within tensor w");
    assertThatThrownBy(
            () ->
                read(
                    new java.io.ByteArrayInputStream(
                        java.util.Arrays.copyOf(whole, whole.length + 1))))
        .hasMessageContaining("after the last tensor");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("no file stays behind").isEmpty();
    }
  }

  private ReceivedWeights read(InputStream body) throws IOException {
    return ReceivedWeights.read(body, Bodies.LAYOUT, folder);
  }
}
