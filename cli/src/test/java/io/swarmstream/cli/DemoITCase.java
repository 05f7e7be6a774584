package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.testkit.ListeningSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real demo, small: Kafka, Flink, chain, three sites, four rounds. */
@SuppressWarnings("NullAway.Init")
class DemoITCase {
  private static final int SITES = 3;
  private static final int ROUNDS = 4;

  @TempDir private static Path folder;
  private static Path report;
  private static final Set<ListeningSockets.Socket> SOCKETS = ConcurrentHashMap.newKeySet();
  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static Ran ran;
  private static JsonNode json;

  @BeforeAll
  static void run() throws Exception {
    report = folder.resolve("a report.html");
    Thread watching = new Thread(DemoITCase::collectSockets, "collect-sockets");
    watching.setDaemon(true);
    watching.start();
    ran =
        Ran.swarm(
            "demo",
            "--json",
            "--sites",
            "" + SITES,
            "--rounds",
            "" + ROUNDS,
            "--encoding",
            "float16",
            "--report",
            "" + report);
    OVER.countDown();
    assertThat(ran.code()).as(ran.err()).isZero();
    json = new ObjectMapper().readTree(ran.out());
  }

  private static void collectSockets() {
    try {
      do {
        SOCKETS.addAll(ListeningSockets.of(ProcessHandle.current()));
      } while (!OVER.await(500, TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(SOCKETS)
        .hasSizeGreaterThan(3)
        .allSatisfy(socket -> assertThat(socket.isLoopback()).isTrue());
  }

  @Test
  void reportsRoundZeroAndEveryTrainingRound() {
    assertThat(json.get("rounds")).hasSize(1 + ROUNDS);
    for (int i = 0; i <= ROUNDS; i++) {
      JsonNode round = json.at("/rounds/" + i);
      assertThat(round.get("round").asInt()).isEqualTo(i);
      assertThat(round.get("participants")).hasSize(SITES);
      assertThat(round.get("accuracy").asDouble()).isBetween(0.0, 1.0);
      assertThat(round.get("modelHash").asText()).matches("[0-9a-f]{64}");
      assertThat(round.get("anchorTx").asText()).matches("0x[0-9a-f]{64}");
      assertThat(round.get("millis").asLong()).isPositive();
      assertThat(round.get("meanLoss").isNull()).isEqualTo(i == 0);
    }
  }

  @Test
  void everyRoundMakesAnotherModelAndAnotherTransaction() {
    assertThat(json.get("rounds").findValuesAsText("modelHash")).doesNotHaveDuplicates();
    assertThat(json.get("rounds").findValuesAsText("anchorTx")).doesNotHaveDuplicates();
  }

  @Test
  void comparesWithEverySiteAloneAndWithThePool() {
    assertThat(json.get("alone")).hasSize(SITES);
    assertThat(json.get("swarm").asDouble())
        .isEqualTo(json.at("/rounds/" + ROUNDS + "/accuracy").asDouble());
    // Two rounds would be too few for this.
    assertThat(json.get("alone"))
        .allSatisfy(
            site -> assertThat(site.asDouble()).isBetween(0.15, json.get("pooled").asDouble()));
  }

  @Test
  void saysWhatEachSiteSent() {
    // Half of what float32 takes, and a few hundred bytes that come with each of five chunks.
    long payloads = 2 * 4_810L * (1 + ROUNDS);
    assertThat(json.get("bytesSent")).hasSize(SITES);
    assertThat(json.get("bytesSent"))
        .allSatisfy(
            sent ->
                assertThat(sent.asLong()).isBetween(payloads, payloads + 5 * 500L * (1 + ROUNDS)));
  }

  @Test
  void tellsWhatItDoesOnTheOtherStream() {
    assertThat(ran.err()).contains("starting Kafka", "joining 3 sites", "hospital-a, -b, -c");
  }

  @Test
  void writesTheReport() {
    assertThat(report).content().contains(json.get("modelHash").asText());
    assertThat(Files.exists(Path.of(json.get("report").asText()))).isTrue();
  }
}
