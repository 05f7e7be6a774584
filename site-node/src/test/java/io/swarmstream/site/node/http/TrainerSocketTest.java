package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A node's Unix domain socket: who gets in, and what may be in its place. */
@DisabledOnOs(OS.WINDOWS)
@SuppressWarnings("NullAway.Init")
class TrainerSocketTest {
  private static final ChainOptions NO_CHAIN =
      ChainOptions.of(
              "http://127.0.0.1:1",
              "0x0000000000000000000000000000000000000001",
              "0x0000000000000000000000000000000000000002")
          .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @TempDir Path folder;
  private Path door;
  private Path file;
  private SiteNode node;

  @BeforeEach
  void start() {
    door = folder.resolve("door");
    file = door.resolve("s.sock");
    node =
        SiteNode.of(
            NodeOptions.of("a", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder),
            SiteKey.ofSeed(1));
  }

  @AfterEach
  void stop() throws InterruptedException {
    node.close();
  }

  private NodeServer server() {
    return NodeServer.start(node, ServerOptions.of("127.0.0.1", 0).withSocket(file));
  }

  private String send(String head) throws IOException {
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(file));
      socket.write(ByteBuffer.wrap((head + "Connection: close\r\n\r\n").getBytes(UTF_8)));
      return new String(Channels.newInputStream(socket).readAllBytes(), UTF_8);
    }
  }

  @Test
  void needsNoToken() throws IOException {
    try (NodeServer server = server()) {
      assertThat(server.socketUri())
          .hasValueSatisfying(uri -> assertThat(uri.getPath()).endsWith("/door/s.sock"));
      assertThat(send("GET /status HTTP/1.1\r\nHost: localhost\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("\"sessions\":[]");
      assertThat(send("DELETE /v1/sessions/s HTTP/1.1\r\nHost: localhost\r\n"))
          .startsWith("HTTP/1.1 204");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesTheRequestsOfForeignPages() throws IOException {
    try (NodeServer server = server()) {
      assertThat(send("GET /status HTTP/1.1\r\nHost: evil.example\r\n")).startsWith("HTTP/1.1 400");
      assertThat(send("GET /status HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(server.uri().getPort()).isPositive();
    }
  }

  @Test
  void isOfThisUserAndOfAGroupThatMayWriteToTheFolder() throws IOException {
    try (NodeServer server = server()) {
      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(permissions(door)).isEqualTo("rwx------");
      assertThat(server.socketUri()).isPresent();
    }
    Files.setPosixFilePermissions(door, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (NodeServer server = server()) {
      assertThat(permissions(file)).isEqualTo("rw-rw----");
      assertThat(server.socketUri()).isPresent();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void replacesTheSocketOfANodeThatWasKilled() throws IOException {
    Files.createDirectory(door);
    ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    left.bind(UnixDomainSocketAddress.of(file));
    assertThatThrownBy(this::server).hasMessageContaining("which another program serves");
    left.close();

    try (NodeServer server = server()) {
      assertThat(send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n")).contains("up");
      assertThat(server.socketUri()).isPresent();
    }
  }

  @Test
  void takesNothingElsesPlace() throws IOException {
    Files.createDirectory(door);
    Files.writeString(file, "precious");

    assertThatThrownBy(this::server)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no socket");
    assertThat(file).hasContent("precious");

    file = folder.resolve("x".repeat(120));
    assertThatThrownBy(this::server).hasMessageContaining("103 bytes");
  }
}
