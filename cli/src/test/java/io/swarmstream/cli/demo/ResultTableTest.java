package io.swarmstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  @Test
  void alignsEachSiteTheSwarmAndThePool() {
    StringWriter text = new StringWriter();
    ResultTable.print(SampleResult.of(), new PrintWriter(text));

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            """
            trained on             samples  mostly the digits     accuracy
            hospital-a alone            72  0                       50.0 %
            hospital-b alone            71  1                       20.0 %
            the swarm                  143  all, none shared        90.0 %
            all data pooled            143  all                     95.0 %
            """);
  }
}
