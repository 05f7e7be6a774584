package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;

class TlsProblemTest {
  private static final Map<String, String> TLS = Map.of("security.protocol", "SSL");

  @Test
  void findsNobodyWhoListens() {
    assertThat(TlsProblem.hint(KafkaEndpoint.of("localhost:1")))
        .startsWith("; nothing accepts connections at localhost:1");
  }

  @Test
  void doesNotTakeSilenceForTls() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "localhost:" + silent.getLocalPort();
      assertThat(TlsProblem.hint(KafkaEndpoint.of(address))).isEmpty();
      assertThat(TlsProblem.hint(new KafkaEndpoint(address, TLS)))
          .contains(address + " does not speak TLS, but this client does");
    }
  }

  @Test
  void hasNoHintForWhatIsNoAddress() {
    assertThat(TlsProblem.hint(KafkaEndpoint.of("localhost"))).isEmpty();
    assertThat(TlsProblem.hint(KafkaEndpoint.of("localhost:x"))).isEmpty();
  }

  @Test
  void tellsWhoRefusedWhom() {
    assertThat(refused("Received fatal alert: certificate_unknown"))
        .contains("the broker refuses this client's certificate");
    assertThat(refused("unable to find valid certification path to requested target"))
        .contains("this client does not know the authority of the broker's certificate");
    assertThat(refused("No subject alternative DNS name matching x found."))
        .contains("the broker's certificate is for another host");
    assertThat(refused("something else")).contains("something else").contains("compare");
  }

  private static String refused(String reason) {
    SslAuthenticationException failure =
        new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException(reason));
    return MissingRightException.of(failure, "READ", "topic", new KafkaEndpoint("broker:9093", TLS))
        .map(Throwable::toString)
        .orElse("nothing");
  }
}
