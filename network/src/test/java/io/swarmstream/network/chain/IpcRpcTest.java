package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as a request says. */
class IpcRpcTest {
  @TempDir Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private Path socket;
  private ServerSocketChannel server;

  @BeforeEach
  void start() throws IOException {
    socket = folder.resolve("s");
    listen();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void listen() throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    server = listening;
    threads.execute(() -> accept(listening));
  }

  private void accept(ServerSocketChannel listening) {
    try {
      while (true) {
        SocketChannel connection = listening.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(connection, listening));
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** Requests: "echo…", "large", "never", "close". */
  private static void serve(SocketChannel connection, ServerSocketChannel listening) {
    try (connection) {
      byte[] buffer = new byte[8192];
      while (listening.isOpen()) {
        int read = Channels.newInputStream(connection).read(buffer);
        String request = read < 0 ? "close" : new String(buffer, 0, read, UTF_8);
        if (request.equals("close")) {
          return;
        }
        if (request.equals("large")) {
          send(connection, "x".repeat(200_000) + "\n");
        } else if (!request.equals("never")) {
          // In two pieces, as a socket may deliver it.
          send(connection, request);
          Thread.sleep(2);
          send(connection, "!\n");
        }
      }
    } catch (IOException | InterruptedException e) {
      // closed
    }
  }

  private static void send(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  private IpcRpc rpc(int connections, int timeoutMs) {
    return new IpcRpc(
        socket, new IpcRpc.Limits(connections, Duration.ofMillis(timeoutMs), 1_000, 100_000));
  }

  private static String call(IpcRpc rpc, String request) throws IOException {
    return new String(rpc.call(request.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void givesEachCallerItsOwnAnswerOverFewConnections() throws Exception {
    try (IpcRpc rpc = rpc(3, 5_000)) {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, 200)
              .mapToObj(
                  number ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return call(rpc, "echo" + number);
                            } catch (IOException e) {
                              throw new IllegalStateException(e);
                            }
                          },
                          threads))
              .toList();
      for (int number = 0; number < answers.size(); number++) {
        assertThat(answers.get(number).join()).isEqualTo("echo" + number + "!");
      }
      assertThat(connections.get()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void givesUpAtTheDeadlineAndTakesNoLateAnswer() throws Exception {
    try (IpcRpc rpc = rpc(1, 300)) {
      assertThatThrownBy(() -> call(rpc, "never"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(socket.toString())
          .hasMessageContaining("no answer in time");
      assertThat(call(rpc, "echo")).isEqualTo("echo!");
      assertThat(connections.get()).isEqualTo(2);
    }
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    try (IpcRpc rpc = rpc(1, 5_000)) {
      assertThatThrownBy(() -> call(rpc, "x".repeat(1_001))).hasMessageContaining("at most 1000");
      assertThatThrownBy(() -> call(rpc, "large")).hasMessageContaining("more than 100000 bytes");
      assertThat(call(rpc, "echo")).isEqualTo("echo!");
    }
  }

  @Test
  void saysWhenAllConnectionsAreBusy() throws Exception {
    try (IpcRpc rpc = rpc(1, 1_000)) {
      CompletableFuture<Void> busy =
          CompletableFuture.runAsync(
              () -> assertThatThrownBy(() -> call(rpc, "never")).isInstanceOf(IOException.class),
              threads);
      Thread.sleep(100);
      long began = System.nanoTime();
      assertThatThrownBy(() -> call(rpc, "never")).isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      busy.join();
    }
  }

  @Test
  void survivesARestartOfTheNode() throws Exception {
    try (IpcRpc rpc = rpc(2, 5_000)) {
      assertThat(call(rpc, "echo")).isEqualTo("echo!");
      server.close();
      assertThatThrownBy(() -> call(rpc, "close")).isInstanceOf(IOException.class);
      listen();
      assertThat(call(rpc, "echo")).isEqualTo("echo!");
    }
  }

  @Test
  void putsASocketWithALongPathIntoAShortPrivateFolder() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("long-".repeat(30)));
    Path runtime = Path.of(System.getProperty("java.io.tmpdir"));
    Path placed = IpcSocket.in(deep, runtime);
    try {
      assertThat(placed.toString()).hasSizeLessThan(IpcSocket.MOST_BYTES);
      assertThat(Files.getPosixFilePermissions(placed.getParent())).hasSize(3);
      assertThat(IpcSocket.in(deep, runtime)).isEqualTo(placed);
      assertThat(IpcSocket.in(folder, runtime)).isEqualTo(folder.resolve("geth.ipc"));
      assertThatThrownBy(() -> IpcSocket.in(deep, deep)).hasMessageContaining("XDG_RUNTIME_DIR");
    } finally {
      Files.deleteIfExists(placed.getParent());
    }
  }
}
