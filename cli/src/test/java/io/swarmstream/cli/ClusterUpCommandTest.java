package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterUpCommandTest {
  @Test
  void listensBeyondLoopbackOnlyIfSecured() {
    assertThat(refusal("--host", "10.0.0.5"))
        .contains("--host needs --secured: a cluster without TLS stays on loopback");
  }

  @Test
  void namesWhatIsWrong() {
    assertThat(refusal("--secured", "--organisation", "hospital a")).contains("--organisation");
    assertThat(refusal("--secured", "--host", "http://a")).contains("--host");
  }

  private static String refusal(String... options) {
    Ran ran =
        Ran.swarm(
            Stream.concat(Stream.of("cluster", "up"), Stream.of(options)).toArray(String[]::new));
    assertThat(ran.code()).isEqualTo(2);
    return ran.err();
  }
}
