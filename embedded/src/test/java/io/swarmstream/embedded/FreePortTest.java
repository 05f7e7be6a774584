package io.swarmstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    int first = Integer.parseInt(Files.readString(SYSTEM).replaceFirst("(?s)\\s.*", ""));
    assumeTrue(first == 32_768, "this machine's administrator chose others");
    assertThat(FreePort.any()).isBetween(FreePort.FIRST, first - 1);
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
