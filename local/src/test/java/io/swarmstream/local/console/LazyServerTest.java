package io.swarmstream.local.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyServerTest {
  private final AtomicInteger tries = new AtomicInteger();

  private static ServerSocketChannel bound() throws IOException {
    return new ConsolePort(OptionalInt.of(0)).bind();
  }

  private static int port(ServerSocketChannel bound) throws IOException {
    return ConsolePort.url(bound).getPort();
  }

  /** Answers one connection, at the second try. */
  private void answer(ServerSocketChannel bound) throws IOException {
    if (tries.incrementAndGet() == 1) {
      throw new IOException("the chain does not answer yet");
    }
    try (SocketChannel caller = bound.accept()) {
      caller.write(ByteBuffer.wrap(new byte[] {42}));
    }
  }

  @Test
  void whoeverConnectsFirstWaitsForTheServerThatStartsThen() throws Exception {
    try (ServerSocketChannel bound = bound();
        LazyServer server = LazyServer.start(bound, this::answer)) {
      assertThat(tries).hasValue(0);
      try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port(bound))) {
        caller.setSoTimeout(30_000);
        assertThat(caller.getInputStream().read()).isEqualTo(42);
      }
      assertThat(tries).hasValue(2);
      assertThat(server).isNotNull();
    }
  }

  @Test
  void endsWithoutAnybodyHavingConnected() throws Exception {
    ServerSocketChannel bound = bound();
    LazyServer.start(bound, this::answer).close();
    assertThat(bound.isOpen()).isFalse();
    assertThat(tries).hasValue(0);
  }

  @Test
  void aChosenPortThatIsTakenIsSaidAndTheUsualOneGivesWay() throws Exception {
    try (ServerSocketChannel first = bound()) {
      ConsolePort same = new ConsolePort(OptionalInt.of(port(first)));
      assertThatThrownBy(same::bind)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("127.0.0.1:" + port(first), "--console");
    }
    try (ServerSocketChannel usual = new ConsolePort(OptionalInt.empty()).bind();
        ServerSocketChannel another = new ConsolePort(OptionalInt.empty()).bind()) {
      assertThat(port(another)).isNotEqualTo(port(usual));
    }
  }
}
