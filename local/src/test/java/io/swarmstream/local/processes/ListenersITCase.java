package io.swarmstream.local.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.testkit.ListeningSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every port on which a secured cluster listens, and what a stranger gets there. */
class ListenersITCase {
  private static final String GET =
      "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  /** First byte of a TLS alert, which is how a TLS server may refuse plain text. */
  private static final char ALERT = 21;

  private static final int METRICS_FROM = 9250;
  private static final int METRICS_TO = 9299;

  private static ProcessCluster cluster;
  private static Properties ports;

  /** What listens, and how it treats strangers. */
  private enum Kind {
    /** TLS with a client's certificate, or no connection. */
    MUTUAL_TLS,
    /** The same, but that it sends plain HTTP on to HTTPS. */
    REST,
    /** TLS; answers 401 to whoever shows no member's certificate, but for enrolments. */
    API,
    /** Ethereum's own encrypted protocol; closes connections of nodes that are no members'. */
    PEERS,
    /** On loopback: HTTP that answers 401 without a token from the node's folder. */
    ENGINE,
    /** On loopback: figures for Prometheus, which change nothing. */
    METRICS
  }

  @BeforeAll
  static void up() throws Exception {
    cluster = SecuredCluster.shared();
    ports = TextFile.properties(cluster.folder().resolve("ports.properties"));
  }

  @Test
  void giveNothingToStrangers() throws Exception {
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    for (ClusterStatus.PartStatus part : cluster.status().processes()) {
      ProcessHandle process = ProcessHandle.of(part.pid().orElseThrow()).orElseThrow();
      List<ListeningSockets.Socket> sockets = ListeningSockets.of(process);
      assertThat(sockets).as(part.label()).isNotEmpty();
      for (ListeningSockets.Socket socket : sockets) {
        String what = part.label() + " at " + socket.address();
        Kind kind = kind(part.label(), socket);
        seen.add(kind);
        assertRefuses(what, kind, socket);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Kind.values());
  }

  /** Which kind a port is; an unknown one fails the test. */
  private static Kind kind(String part, ListeningSockets.Socket socket) {
    int port = socket.address().getPort();
    if (port >= METRICS_FROM && port <= METRICS_TO && !part.equals("network")) {
      return Kind.METRICS;
    }
    if (port == port("jobmanager-1-rest") || port == port("jobmanager-2-rest")) {
      return Kind.REST;
    }
    // Flink chooses the ports of its data, files and TaskManagers: all of them are its internal
    // ones.
    if (part.startsWith("jobmanager") || part.startsWith("taskmanager")) {
      return Kind.MUTUAL_TLS;
    }
    if (port == port("zookeeper") || port == port("kafka") || port == port("kafka-controller")) {
      return Kind.MUTUAL_TLS;
    }
    if (port == port("network-api")) {
      return Kind.API;
    }
    if (port == port("network-p2p")) {
      return Kind.PEERS;
    }
    if (part.equals("network") && socket.process().contains("geth")) {
      return Kind.ENGINE;
    }
    throw new AssertionError(
        part + " listens on " + socket.address() + ", which nobody has thought about");
  }

  private static int port(String key) {
    return Integer.parseInt(ports.getProperty(key));
  }

  private static void assertRefuses(String what, Kind kind, ListeningSockets.Socket socket)
      throws Exception {
    InetSocketAddress to = reachable(socket.address());
    String plain = Stranger.plain(to, GET.formatted("/v1/members"));
    String tls = Stranger.overTls(to, GET.formatted("/v1/members"));
    switch (kind) {
      case MUTUAL_TLS, PEERS -> {
        assertThat(tls).as("%s, TLS without a certificate", what).isEmpty();
        assertThat(isNothing(plain)).as("%s, plain text: %s", what, plain).isTrue();
      }
      case REST -> {
        assertThat(tls).as("%s, TLS without a certificate", what).isEmpty();
        assertThat(plain)
            .as("%s, plain text", what)
            .startsWith("HTTP/1.1 301")
            .contains("location: https://", "content-length: 0");
      }
      case API -> {
        assertThat(tls).as("%s, TLS without a certificate", what).startsWith("HTTP/1.1 401");
        assertThat(isNothing(plain)).as("%s, plain text: %s", what, plain).isTrue();
      }
      case ENGINE -> {
        assertThat(socket.isLoopback()).as(what).isTrue();
        // It knows one path, and does not look at the token elsewhere.
        assertThat(Stranger.plain(to, GET.formatted("/"))).as(what).startsWith("HTTP/1.1 401");
        assertThat(tls).as(what).isEmpty();
      }
      case METRICS -> {
        assertThat(socket.isLoopback()).as(what).isTrue();
        assertThat(tls).as(what).isEmpty();
      }
    }
    // --host was not given: nothing listens beyond this machine.
    assertThat(socket.isLoopback()).as(what).isTrue();
  }

  private static boolean isNothing(String answer) {
    return answer.isEmpty() || answer.charAt(0) == ALERT;
  }

  private static InetSocketAddress reachable(InetSocketAddress listening) {
    return listening.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getPort())
        : listening;
  }
}
