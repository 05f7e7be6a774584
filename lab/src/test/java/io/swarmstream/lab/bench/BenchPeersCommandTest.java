package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.cli.SwarmCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchPeersCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sites | 2,0 | --sites is 0; it has to be at least 1",
        "--parameters | 10k,0 | --parameters is 0; it has to be at least 1",
        "--parameters | many | 11.7M",
        "--peers | flwr,openfl | there are flwr, flwr-grpc, nvflare, nvflare-collab",
        "--encodings | int8,int2 | encoding \"int2\" is not known here",
        "--rounds | 0 | --rounds is 0; it has to be at least 1",
        "--deadline | 0 | --deadline is 0; it has to be at least 1"
      })
  void refusesWhatItCannotMeasure(String option, String value, String message) {
    StringWriter err = new StringWriter();
    int code =
        SwarmCommand.execute(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "bench",
            "peers",
            option,
            value);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
