package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.SwarmCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsResultTest {
  private static RoundsResult result(double fullRoundMillis) {
    MemoryHistory memory = MemoryHistory.empty();
    memory.add(0, Map.of("broker", 100L << 20, "sites", 0L));
    memory.add(1.5, Map.of("broker", 200L << 20, "sites", 300L << 20));
    memory.add(3, Map.of("broker", 250L << 20, "sites", 0L));
    return result(fullRoundMillis, memory, new RawRound(70, 30), null);
  }

  private static RoundsResult result(
      double fullRoundMillis,
      MemoryHistory memory,
      @Nullable RawRound raw,
      @Nullable String rawFailure) {
    return new RoundsResult(
        8,
        1_000,
        "mean",
        "int8",
        "",
        10,
        200,
        300,
        fullRoundMillis,
        150,
        4_100,
        4_000,
        raw,
        rawFailure,
        Map.of("mergeAndCommit", 108.0),
        Map.of("mergeAndCommit", 1_500.0),
        Map.of(),
        Map.of(),
        memory,
        new KilledRound(2, 8, 6, 5_100, 4_300, fullRoundMillis));
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
  void saysWhatSitesThatAreKilledCost() {
    assertThat(text(result(400)))
        .contains("2 sites killed in the middle: 5,100 ms, of them 4,300 until")
        .contains("6 of 8 sites are in it");
    assertThat(new ObjectMapper().valueToTree(result(400)).at("/killed/usualMillis").asDouble())
        .isEqualTo(400);
  }

  @Test
  void namesTheEncoding() {
    assertThat(text(result(400))).startsWith("mean of 8 sites, 1,000 parameters sent as int8");
    assertThat(new ObjectMapper().valueToTree(result(400)).at("/encoding").asText())
        .isEqualTo("int8");
  }

  @Test
  void hasTheSlowestRoundBesideTheMedian() {
    assertThat(text(result(400))).containsPattern("mergeAndCommit +108 +1,500\\R");
    assertThat(new ObjectMapper().valueToTree(result(400)).at("/slowestStages/mergeAndCommit"))
        .hasToString("1500.0");
  }

  @Test
  void keepsRoundsWhenTheRawLimitCouldNotBeMeasured() {
    RoundsResult result = result(400, MemoryHistory.empty(), null, "no reader within 30 s");
    assertThat(text(result))
        .contains("p50 200 ms", "one model to the next  p50 400 ms")
        .contains("what Kafka alone takes was not measured: no reader within 30 s");
    JsonNode json = new ObjectMapper().valueToTree(result);
    assertThat(json.get("p50Millis").asDouble()).isEqualTo(200);
    assertThat(json.get("rawKafkaFailure").asText()).isEqualTo("no reader within 30 s");
    for (String unknown : new String[] {"rawKafka", "rawKafkaMillis", "shareOfRawLimit"}) {
      assertThat(json.get(unknown).isNull()).as(unknown).isTrue();
    }
  }

  @Test
  void hasMemoryAsOneSeriesForEachProcess() {
    JsonNode memory = new ObjectMapper().valueToTree(result(400)).get("memory");
    assertThat(memory.get("seconds").toString()).isEqualTo("[0.0,1.5,3.0]");
    assertThat(memory.at("/residentBytes/sites").toString()).isEqualTo("[0,314572800,0]");
  }

  private static String text(RoundsResult result) {
    StringWriter text = new StringWriter();
    RoundsTable.print(result, new PrintWriter(text));
    return text.toString();
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
    MemoryHistory memory = MemoryHistory.empty();
    memory.add(0, many);
    String svg = new MemoryChart(result(400, memory, new RawRound(70, 30), null)).svg();
    assertThat(svg).contains("site-32 132 MiB", "site-20 120 MiB").doesNotContain("site-19 ");
  }

  @Test
  void refusesNumbersThatMakeNoBenchmark() {
    Map.of(
            "--rounds", "0",
            "--warm-up", "-1",
            "--site-heap", "0",
            "--flink-memory", "-5",
            "--checkpoint-interval-ms", "0")
        .forEach(
            (option, value) ->
                assertThat(refusal(option, value))
                    .contains(option + " is " + value + "; it has to be"));
  }

  @Test
  void takesParametersByTheirShortNameToo() {
    assertThat(refusal("--params", "0")).contains("--parameters is 0");
  }

  @Test
  void refusesAChartWhereThereIsNoFolder(@TempDir Path folder) {
    assertThat(refusal("--chart", folder.resolve("none/memory.svg").toString()))
        .contains("--chart must name a file in a folder that exists, got ", "none/memory.svg");
  }

  /** What {@code swarm bench rounds} says of an option before it ends with 2. */
  private static String refusal(String option, String value) {
    StringWriter err = new StringWriter();
    int code =
        SwarmCommand.execute(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "bench",
            "rounds",
            option,
            value);
    assertThat(code).isEqualTo(2);
    return err.toString();
  }
}
