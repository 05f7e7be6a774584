package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {

  /** Changes only when a kernel's arithmetic does; then rounds merged before cannot be replayed. */
  private static final String BITS =
      "mean 74949ed4; coordmedian 48b346c9; geomedian 5042c8de; trimmedmean:1 2595f499; "
          + "multikrum:1 c5949301; nnm+coordmedian:1 7e1f9648; bulyan:1 7910c4a4; "
          + "nnm+bulyan:1 dc7c8252; "
          + "momentum 6a4abe13; nesterov fc7f9c4c; adagrad 5383fdc0; adam a31ea160; "
          + "yogi e6621f4a; gram c4c9c069";

  @Test
  void givesTheBitsOfTheFirstReleaseHoweverOftenItIsCompiled() {
    for (int i = 0; i < 30; i++) {
      assertThat(Bits.ofEverything()).as("run %d", i).isEqualTo(BITS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void givesTheSameBitsInAVirtualMachineOfAnotherMind(String flag) throws Exception {
    assertThat(inAnotherMachine(flag)).isEqualTo(BITS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void givesOneResultForAThousandArrivalsSortedBySite(String method) {
    Rows rows = Rows.random(77, 9, 64);
    Set<Integer> hashes = new HashSet<>();
    for (long seed = 0; seed < 1_000; seed++) {
      int[] order = Rows.order(9, new Random(seed));
      int[] back = new int[9];
      for (int k = 0; k < 9; k++) {
        back[order[k]] = k;
      }
      hashes.add(hash(rows.permuted(order).permuted(back).merged(method)));
    }
    assertThat(hashes).hasSize(1);
  }

  @Test
  void givesOneMedianForAThousandArrivalsInAnyOrder() {
    for (Rows rows :
        new Rows[] {Rows.random(2, 8, 64), Rows.equal("ones", Rows.random(2, 8, 64).deltas())}) {
      rows.deltas()[3][5] = 0f;
      rows.deltas()[4][5] = -0f;
      Set<Integer> hashes = new HashSet<>();
      for (long seed = 0; seed < 1_000; seed++) {
        hashes.add(hash(rows.permuted(Rows.order(8, new Random(seed))).merged("coordmedian")));
      }
      assertThat(hashes).as("%s", rows).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "coordmedian",
        "geomedian",
        "trimmedmean:1",
        "nnm+coordmedian:1",
        "bulyan:1"
      })
  void leavesItsInputsAsTheyWere(String method) {
    Rows rows = Rows.random(3, 8, 500);
    Rows copy = Rows.random(3, 8, 500);
    rows.merged(method);
    assertThat(rows.deltas()).isDeepEqualTo(copy.deltas());
    assertThat(rows.weights()).isEqualTo(copy.weights());
  }

  private static int hash(float[] values) {
    return Arrays.hashCode(Bits.of(values));
  }

  private static String inAnotherMachine(String flag) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-cp",
                home(Mean.class) + File.pathSeparator + home(Bits.class),
                Bits.class.getName())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
