package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterUpCommandTest {
  @Test
  void listensBeyondLoopbackOnlyIfSecured() {
    assertThat(refusal("--host", "10.0.0.5"))
        .contains("--host needs --secured: a cluster without TLS stays on loopback");
  }

  @Test
  void takesCertificatesOnlyIfSecured(@TempDir Path folder) {
    String[] own = {"--cert", "a.crt", "--key", "a.key", "--cacert", "ca.pem"};
    String[] options =
        Stream.concat(Stream.of(own), Stream.of("--folder", folder.toString()))
            .toArray(String[]::new);
    assertThat(refusal(options)).contains("certificates need --secured");
    assertThat(
            refusal(
                Stream.concat(Stream.of(options), Stream.of("--secured")).toArray(String[]::new)))
        .contains("a.key");
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
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    return ran.err();
  }
}
