package io.swarmstream.local.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkKeysTest {
  private static final int PATIENCE_MS = 10_000;

  @TempDir Path folder;

  @Test
  void letEndsWithTheSameKeyKnowEachOtherAndNobodyElse() throws Exception {
    SSLContext rest = made("rest").context();
    SSLContext internal = made("internal").context();

    assertThat(exchange(rest, rest)).isEqualTo(1);
    assertThatThrownBy(() -> exchange(rest, internal)).isInstanceOf(IOException.class);
  }

  @Test
  void leaveNoAuthorityBehind() throws Exception {
    made("zookeeper");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "zookeeper.p12", "zookeeper.password", "zookeeper.pem", "zookeeper.ca.pem");
    }
  }

  @Test
  void stayTheSame() throws Exception {
    made("rest");
    byte[] first = Files.readAllBytes(folder.resolve("rest.p12"));
    made("rest");

    assertThat(folder.resolve("rest.p12")).hasBinaryContent(first);
  }

  private LinkKeys made(String link) throws IOException {
    LinkKeys keys = new LinkKeys(folder, link);
    keys.make();
    return keys;
  }

  /** Has the client send a byte; returns what the server has read, or throws. */
  private static int exchange(SSLContext server, SSLContext client) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (SSLServerSocket listening =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(true);
      listening.setSoTimeout(PATIENCE_MS);
      Future<Integer> read =
          thread.submit(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                  accepted.setSoTimeout(PATIENCE_MS);
                  return accepted.getInputStream().read();
                }
              });
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
        socket.getOutputStream().write(1);
        return read.get();
      }
    } finally {
      thread.shutdownNow();
    }
  }
}
