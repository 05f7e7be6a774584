package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sites 1                     | --sites must be 2 to 32, got 1
          --sites 33                    | --sites must be 2 to 32, got 33
          --sites many                  | Invalid value for option '--sites': 'many' is not an int
          --sites                       | Missing required parameter for option '--sites' (N)
          --rounds 0                    | --rounds must be 1 to 1000, got 0
          --rounds 1001                 | --rounds must be 1 to 1000, got 1001
          --merge median                | --merge: there is no merge method 'median'; use one of mean, coordmedian, geomedian, trimmedmean:F, multikrum:F, bulyan:F, nnm+NAME:F, where F is the number of bad sites to tolerate
          --min-peers 0                 | --min-peers must be 1 to the number of sites, 4, got 0
          --sites 3 --min-peers 4       | --min-peers must be 1 to the number of sites, 3, got 4
          --sync-frequency 0            | --sync-frequency must be 1 to 1000, got 0
          --seed 1.5                    | Invalid value for option '--seed': '1.5' is not a long
          --report nowhere/report.html  | --report must name a file in a folder that exists, got nowhere/report.html
          --report .                    | --report must name a file in a folder that exists, got .
          --fast                        | Unknown option: '--fast'
          again                         | Unmatched argument at index 1: 'again'
          """)
  void refusesAWrongOptionInOneSentence(String options, String message) {
    Ran ran =
        Ran.swarm(
            Stream.concat(Stream.of("demo"), Stream.of(options.split(" +")))
                .toArray(String[]::new));

    assertThat(ran.err())
        .isEqualTo(
            "swarm demo: "
                + message
                + " ('swarm demo --help' lists the options)"
                + System.lineSeparator());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void helpNamesEveryOptionAndItsDefault() {
    Ran ran = Ran.swarm("demo", "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("--sites=N", "--rounds=R", "--merge=METHOD", "--min-peers=M")
        .contains("--sync-frequency=B", "--seed=S", "--report=FILE", "--json", "--help")
        .contains(
            "One of mean, coordmedian, geomedian, trimmedmean:F, multikrum:F, bulyan:F, nnm+NAME:F. Default: mean.",
            "--tolerate=F",
            "--pre=nnm")
        .contains("Default: 4.", "Default: 30.", "Default: 8.", "Default: 42.");
  }
}
