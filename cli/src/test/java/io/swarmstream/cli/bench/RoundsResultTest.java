package io.swarmstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.SwarmCommand;
import io.swarmstream.cli.bench.RoundsResult.MemorySample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsResultTest {
  private static RoundsResult result(double fullRoundMillis) {
    return result(
        fullRoundMillis,
        List.of(
            new MemorySample(0, Map.of("broker", 100L << 20)),
            new MemorySample(1.5, Map.of("broker", 200L << 20, "sites", 300L << 20)),
            new MemorySample(3, Map.of("broker", 250L << 20, "sites", 0L))));
  }

  private static RoundsResult result(double fullRoundMillis, List<MemorySample> memory) {
    return new RoundsResult(
        8,
        1_000,
        "mean",
        10,
        200,
        300,
        fullRoundMillis,
        150,
        4_100,
        4_000,
        100,
        new RawRound(70, 30),
        Map.of(),
        Map.of(),
        Map.of(),
        memory);
  }

  @Test
  void saysHowNearARoundComesToTheRawLimit() {
    JsonNode json = new ObjectMapper().valueToTree(result(400));
    assertThat(json.get("rawKafkaMillis").asDouble()).isEqualTo(100);
    assertThat(json.get("shareOfRawLimit").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/rawKafka/modelMillis").asDouble()).isEqualTo(30);
    assertThat(result(0).shareOfRawLimit()).isZero();
  }

  @Test
  void drawsMemoryOverTime() throws Exception {
    String svg = new MemoryChart(result(400)).svg();
    assertThat(svg)
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("<style>", "resident memory, MiB", "seconds since the sites started")
        .contains("broker 250 MiB", "sites 300 MiB")
        .contains("sites, seconds since the sites started 1.5: 300 MiB");
  }

  @Test
  void namesOnlyAsManyProcessesAsThereIsRoomFor() throws Exception {
    Map<String, Long> many = new TreeMap<>();
    for (int site = 1; site <= 32; site++) {
      many.put("site-" + site, (100L + site) << 20);
    }
    String svg = new MemoryChart(result(400, List.of(new MemorySample(0, many)))).svg();
    assertThat(svg).contains("site-32 132 MiB", "site-20 120 MiB").doesNotContain("site-19 ");
  }

  @Test
  void refusesAChartWhereThereIsNoFolder(@TempDir Path folder) {
    StringWriter err = new StringWriter();
    int code =
        SwarmCommand.execute(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "bench",
            "rounds",
            "--chart",
            folder.resolve("none/memory.svg").toString());
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("--chart is ").contains("name a file in a folder");
  }
}
