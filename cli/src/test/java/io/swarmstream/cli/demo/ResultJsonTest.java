package io.swarmstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
  private final JsonNode json;

  ResultJsonTest() throws Exception {
    json = new ObjectMapper().readTree(ResultJson.of(SampleResult.of(), Path.of("/tmp/r.html")));
  }

  @Test
  void saysEverythingOfARound() {
    JsonNode round = json.at("/rounds/1");

    assertThat(round.get("round").isIntegralNumber()).isTrue();
    assertThat(round.get("round").asLong()).isEqualTo(1);
    assertThat(round.get("participants")).hasSize(1);
    assertThat(round.at("/participants/0").asText()).isEqualTo("hospital-a");
    assertThat(round.get("meanLoss").asDouble()).isEqualTo(0.75);
    assertThat(round.get("accuracy").asDouble()).isEqualTo(0.9);
    assertThat(round.get("modelHash").asText()).isEqualTo(SampleResult.MODEL_HASH);
    assertThat(round.get("anchorTx").asText()).isEqualTo(SampleResult.TRANSACTION);
    assertThat(round.get("millis").asLong()).isEqualTo(321);
  }

  @Test
  void hasNullForALossThatIsNotKnown() {
    assertThat(json.at("/rounds/0").has("meanLoss")).isTrue();
    assertThat(json.at("/rounds/0/meanLoss").isNull()).isTrue();
  }

  @Test
  void comparesInSharesOfOne() {
    assertThat(json.at("/alone/hospital-a").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/alone/hospital-b").asDouble()).isEqualTo(0.2);
    assertThat(json.get("swarm").asDouble()).isEqualTo(0.9);
    assertThat(json.get("pooled").asDouble()).isEqualTo(0.95);
  }

  @Test
  void saysWhatEachSiteSent() {
    assertThat(json.at("/options/encoding").asText()).isEqualTo("int8");
    assertThat(json.at("/bytesSent/hospital-a").asLong()).isEqualTo(3_000);
    assertThat(json.at("/bytesSent/hospital-b").asLong()).isEqualTo(2_000);
  }

  @Test
  void saysHowToRepeatItAndWhereTheReportIs() {
    assertThat(json.at("/options/merge").asText()).isEqualTo("geomedian");
    assertThat(json.at("/options/seed").asLong()).isEqualTo(42);
    assertThat(json.get("report").asText()).isEqualTo("/tmp/r.html");
  }
}
