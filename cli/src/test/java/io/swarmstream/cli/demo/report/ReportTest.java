package io.swarmstream.cli.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.cli.demo.SampleResult;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
  private final String html = Report.of(SampleResult.of()).html();

  @Test
  void showsTheNumbers() {
    assertThat(html)
        .contains("90.0 %", "95.0 %", "50.0 %", "0.7500", "321 ms")
        .contains("hospital-a", "hospital-b", "hospital-b missed round 1")
        .contains(SampleResult.MODEL_HASH, SampleResult.TRANSACTION)
        .contains("--merge geomedian --encoding int8 --min-peers 1 --sync-frequency 8 --seed 42");
  }

  @Test
  void drawsBothCurvesAndTheGrid() {
    assertThat(html.split("<svg ", -1)).hasSize(4);
    assertThat(html).doesNotContain("NaN", "Infinity");
  }

  @Test
  void needsNothingFromElsewhere() {
    assertThat(html).doesNotContain("://", "<script", "<link", "src=", "href=", "@import", "url(");
  }

  @Test
  void namesTheVersionsThatWereBuilt() {
    assertThat(html).contains("Flink ", "Kafka ").doesNotContain("${");
  }

  @Test
  void closesWhatItOpens() throws Exception {
    String xml =
        html.replace("<!DOCTYPE html>", "")
            .replaceAll("<meta [^>]*>", "")
            .replace("<br>", "<br/>")
            .replaceAll("(?s)<style>.*</style>", "");

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));

    assertThat(document.getElementsByTagName("section").getLength()).isEqualTo(7);
  }
}
