package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.testkit.ListeningSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The swarm of {@code swarm up}: who reaches it, and what comes back when a part of it fails. */
class SwarmSupervisorITCase {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static LocalSwarm swarm;

  /** Of other tests of this JVM, such as a cluster that they share. */
  private static Set<InetSocketAddress> others;

  @BeforeAll
  static void up() throws Exception {
    others =
        ListeningSockets.of(ProcessHandle.current()).stream()
            .map(ListeningSockets.Socket::address)
            .collect(Collectors.toSet());
    swarm = LocalSwarm.start(LocalSwarmOptions.staying());
  }

  @AfterAll
  static void down() {
    swarm.close();
  }

  @Test
  void rebuildsWhatFailsAndGoesOnInTheSameTraining() throws Exception {
    ContractTerms terms =
        swarm.createContract("c", ModelLayout.flat(4), "mean", 1, Duration.ofSeconds(1), 4);
    swarm.enrol("c", SiteKey.ofSeed(1), "site-1", 10);
    List<String> said = new ArrayList<>();
    SwarmSupervisor watch = new SwarmSupervisor(swarm.parts(), said::add);
    try (SwarmSite site = swarm.join(terms.contract(), SiteKey.ofSeed(1))) {
      assertThat(round(site, 1)).isEqualTo(0);

      Sites.awaitKept(swarm);
      swarm.anvil().kill();
      awaitWhole(watch);
      assertThat(round(site, 2)).isEqualTo(1);

      swarm.cluster().flink().cancelJob(swarm.cluster().jobId()).get(60, TimeUnit.SECONDS);
      awaitWhole(watch);
      assertThat(round(site, 3)).isEqualTo(2);

      swarm.broker().stop();
      awaitWhole(watch);
      assertThat(round(site, 4)).isEqualTo(3);

      // As an error that no task survives does it.
      swarm.cluster().flink().close();
      awaitWhole(watch);
      assertThat(round(site, 5)).isEqualTo(4);
    }
    assertThat(said).filteredOn(line -> line.contains("is up again")).hasSize(4);
  }

  @Test
  void listensOnLoopbackOnlyAndTakesNoOrders() throws Exception {
    List<ListeningSockets.Socket> sockets =
        ListeningSockets.of(ProcessHandle.current()).stream()
            .filter(socket -> !others.contains(socket.address()))
            .toList();

    assertThat(sockets).hasSizeGreaterThan(3);
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.isLoopback()).isTrue());
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    List<String> refused = new ArrayList<>();
    for (ListeningSockets.Socket socket : sockets) {
      String url = "http://127.0.0.1:" + socket.address().getPort();
      for (String path : List.of("/jobs", "/jars/upload", "/overview", "/config")) {
        status(client, url + path).ifPresent(code -> refused.add(code + " " + path));
      }
    }
    // Flink's endpoint does not go away, but has nothing to offer; the chain answers in its way.
    assertThat(refused).filteredOn(answer -> answer.startsWith("2")).isEmpty();
    assertThat(refused).contains("404 /jobs", "404 /jars/upload", "404 /overview");
  }

  private static Optional<Integer> status(HttpClient client, String url)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(2))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try {
      return Optional.of(client.send(request, BodyHandlers.ofString()).statusCode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void awaitWhole(SwarmSupervisor watch) throws Exception {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .atMost(DEADLINE)
        .until(
            () -> {
              watch.check();
              return isWhole();
            });
    watch.check(); // which says so
  }

  private static boolean isWhole() throws InterruptedException {
    for (Watched part : swarm.parts()) {
      if (part.trouble().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static long round(SwarmSite site, float value) throws InterruptedException {
    float[] weights = new float[4];
    Arrays.fill(weights, value);
    Merged merged = site.sync(weights, TrainingReport.empty(), DEADLINE);
    assertThat(merged.participated()).isTrue();
    assertThat(merged.weights()).isEqualTo(weights);
    return merged.round();
  }
}
