package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node that many speak with, and none of them well; in a process with as little memory as {@code
 * swarm site} has.
 */
@SuppressWarnings("NullAway.Init")
@Tag("slow")
class SiegeTest {
  private static final int STALLED = 80;
  private static final Duration BESIEGED = Duration.ofMillis(500);
  private static final int LARGE = 20;
  private static final int LARGE_BYTES = 15_000_000;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();
  private Process process;
  private int port;
  private String token;

  /** The node's process. */
  public static void main(String[] args) throws InterruptedException {
    ChainOptions noChain =
        ChainOptions.of(
                "http://127.0.0.1:1",
                "0x0000000000000000000000000000000000000001",
                "0x0000000000000000000000000000000000000002")
            .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    SiteNode node =
        SiteNode.of(
            NodeOptions.of("a", KafkaEndpoint.of("127.0.0.1:1"), noChain, Path.of(args[0])),
            SiteKey.ofSeed(1));
    NodeServer server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0));
    System.out.println(server.uri().getPort() + " " + server.token().hex());
    Thread.currentThread().join();
  }

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SiegeTest.class.getName(),
                folder.toString())
            .redirectError(folder.resolve("log").toFile())
            .start();
    // Not closed: the process is ended as a whole.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
    String line = out.readLine();
    while (line != null && !line.matches("\\d+ [0-9a-f]{64}")) {
      line = out.readLine();
    }
    assertThat(line).as("the node's process has ended").isNotNull();
    port = Integer.parseInt(line.split(" ", -1)[0]);
    token = line.split(" ", -1)[1];
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    process.destroyForcibly().waitFor();
  }

  /** Also of those whose requests are refused, and would be listened to first. */
  @ParameterizedTest
  @CsvSource({
    "PUT /v1/sessions/s, application/json, true",
    "PUT /v1/sessions/s, application/json, false",
    "PUT /v1/sessions/s, text/plain, true",
    "PUT /v1/sessions/s/syncs/0, application/octet-stream, true",
    "POST /v1/sessions/s/finish, application/json, true",
    "POST /login, application/x-www-form-urlencoded, false",
    "GET /nowhere, text/plain, false"
  })
  @Timeout(30)
  void saysThatItRunsWhileBodiesDoNotCome(String request, String type, boolean isKnown)
      throws Exception {
    for (int i = 0; i < STALLED; i++) {
      stall(request, type, isKnown);
    }

    // For a while: the node takes up what is stalled one by one.
    long end = System.nanoTime() + BESIEGED.toNanos();
    do {
      long began = System.nanoTime();
      assertThat(health().statusCode()).isEqualTo(200);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(2000);
    } while (System.nanoTime() < end);
  }

  private void stall(String request, String type, boolean isKnown) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    socket.getOutputStream().write((head(request, type, isKnown, 1000) + "{").getBytes(US_ASCII));
  }

  private String head(String request, String type, boolean isKnown, int length) {
    return request
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + (isKnown ? "Authorization: Bearer " + token + "\r\n" : "")
        + "\r\n";
  }

  /** Layouts of a model of very many tensors, each of which becomes many times its size. */
  @Test
  @Timeout(120)
  void survivesManyLargeBodies() throws Exception {
    byte[] body = new byte[LARGE_BYTES];
    Arrays.fill(body, (byte) ' ');
    byte[] begin = "{\"contract\":\"c\",\"layout\":[{}".getBytes(US_ASCII);
    System.arraycopy(begin, 0, body, 0, begin.length);
    for (int at = begin.length; at < body.length - 5; at += 3) {
      body[at] = ',';
      body[at + 1] = '{';
      body[at + 2] = '}';
    }
    body[body.length - 2] = ']';
    body[body.length - 1] = '}';
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < LARGE; i++) {
      Thread sender = new Thread(() -> answers.add(send(body)));
      sender.start();
      senders.add(sender);
    }
    for (Thread sender : senders) {
      sender.join();
    }

    // Some are asked to come again, some were too much; none has taken the memory of the others.
    assertThat(answers).hasSize(LARGE).allMatch(answer -> answer.matches("HTTP/1.1 (503|400) .*"));
    assertThat(health().statusCode()).isEqualTo(200);
    assertThat(process.isAlive()).isTrue();
  }

  private String send(byte[] body) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          head("PUT /v1/sessions/s", "application/json", true, body.length).getBytes(US_ASCII));
      out.write(body);
      return String.valueOf(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private HttpResponse<String> health() throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
            .timeout(Duration.ofSeconds(5))
            .build(),
        BodyHandlers.ofString());
  }
}
