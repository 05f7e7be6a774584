package io.swarmstream.lab.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.SwarmCommand;
import io.swarmstream.local.processes.Steps;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsBenchmarkTest {
  /** Several chunks, the last of them shorter. */
  private static final long PARAMETERS = 600_000;

  @Test
  void checksAndTimesEveryKernel() throws Exception {
    KernelsOptions options = new KernelsOptions(7, PARAMETERS, 2, true);
    List<KernelsResult> soFar = new ArrayList<>();
    KernelsResult result =
        new KernelsBenchmark(options, new KernelsPace(1, 1, 1, 4), Steps.silent(), soFar::add)
            .run();

    String[] names = Kernel.ALL.stream().map(Kernel::name).toArray(String[]::new);
    assertThat(result.millis()).containsOnlyKeys(names).allSatisfy((k, ms) -> positive(ms));
    assertThat(result.sameHash()).containsOnlyKeys(names).allSatisfy((k, same) -> isTrue(same));
    assertThat(result.accuracy())
        .containsOnlyKeys(names)
        .allSatisfy((kernel, error) -> assertThat(error).as(kernel).isBetween(0.0, 2e-7));
    assertThat(result.limits().read()).isPositive();
    assertThat(result.limits().copy()).isPositive();
    assertThat(result.payloadHashGBs())
        .containsOnlyKeys("blake3", "sha-256")
        .allSatisfy((hash, speed) -> positive(speed));

    // An interruption leaves what the turns before it have measured.
    assertThat(soFar).hasSize(2);
    assertThat(soFar.get(0).millis()).containsOnlyKeys(names);

    JsonNode json = new ObjectMapper().valueToTree(result);
    assertThat(json.get("ratios").size()).isEqualTo(7);
    assertThat(json.at("/limits/readGBs").asDouble()).isPositive();
    StringWriter table = new StringWriter();
    new KernelsTable(result).print(new PrintWriter(table));
    assertThat(table.toString()).contains(names).doesNotContain("DIFFER");
  }

  private static void positive(double value) {
    assertThat(value).isPositive();
  }

  private static void isTrue(boolean value) {
    assertThat(value).isTrue();
  }

  @Test
  void noticesAMergeThatIsWrong() throws Exception {
    try (Cores cores = new Cores(2)) {
      SiteDeltas deltas = new SiteDeltas(5, 1_000, cores);
      float[][] merged = deltas.room();
      Kernel.GEOMEDIAN.merge(deltas, cores, merged);
      merged[0][17] += 1e-3f;
      assertThat(new Exact(Kernel.GEOMEDIAN, deltas, cores).largestError(merged))
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void bothWaysOfReadingMemoryWork() throws Exception {
    try (Cores cores = new Cores(2)) {
      MemoryProbe probe = new MemoryProbe(cores, 4);
      assertThat(probe.inJava().read()).isPositive();
      probe.inC().ifPresent(limit -> assertThat(limit.read()).isPositive());
    }
  }

  @ParameterizedTest
  @CsvSource({"--sites,3", "--parameters,10", "--turns,0", "--parameters,many"})
  void theCommandNamesTheWrongOption(String option, String value) {
    StringWriter err = new StringWriter();
    int code =
        SwarmCommand.execute(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "bench",
            "kernels",
            option,
            value);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("swarm bench kernels: ").contains(option);
  }
}
