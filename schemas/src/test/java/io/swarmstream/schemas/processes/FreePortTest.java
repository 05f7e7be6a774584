package io.swarmstream.schemas.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static final Path SYSTEM = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  @Test
  void isNoneThatTheSystemGivesAway() throws Exception {
    assumeTrue(Files.exists(SYSTEM), "Linux only");
    byte[] range = new byte[64];
    int length;
    try (InputStream in = Files.newInputStream(SYSTEM)) {
      length = in.read(range); // at once: Linux gives the rest to nobody
    }
    String first = new String(range, 0, length, US_ASCII).replaceFirst("(?s)\\s.*", "");
    assertThat(FreePort.any()).isBetween(FreePort.FIRST, Integer.parseInt(first) - 1);
  }

  @Test
  void isNotFreeWhileSomethingListens() throws Exception {
    int port = FreePort.any();
    try (ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.isFree(listening.getLocalPort())).isFalse();
    }
    assertThat(FreePort.isFree(port)).isTrue();
  }
}
