package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.network.chain.GethBinary;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three organisations, each with folders, keys and an authority of its own, by the commands of
 * docs/operate.md: they meet, train, lose the first network node for good, and go on.
 */
class NetworkITCase {
  private static final Duration CLUSTER = Duration.ofMinutes(5);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Pattern NODE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  @TempDir private Path machines;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final ExecutorService trainers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws Exception {
    trainers.shutdownNow();
    while (!running.isEmpty()) {
      running.pop().close();
    }
    run("a", "cluster", "down", "--folder", cluster().toString());
  }

  private Path cluster() {
    return machines.resolve("a/cluster");
  }

  private String run(String machine, String... arguments) throws Exception {
    return SwarmProcess.run(machines.resolve(machine), COMMAND, arguments);
  }

  private SwarmProcess start(String machine, String... arguments) throws Exception {
    SwarmProcess started = SwarmProcess.start(machines.resolve(machine), arguments);
    running.push(started);
    return started;
  }

  private static String port() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  /** Has an organisation invite somebody; returns the path of the invitation. */
  private String invite(String by, String name, String... more) throws Exception {
    Path file = machines.resolve(name + ".invite");
    Path folder = by.equals("a") ? cluster().resolve("network") : machines.resolve(by + "/network");
    List<String> command =
        new ArrayList<>(List.of("network", "invite", name, "-o", file.toString()));
    command.addAll(List.of("--folder", folder.toString()));
    command.addAll(List.of(more));
    String unused = run(by, command.toArray(String[]::new));
    return file.toString();
  }

  private void joinNetwork(String name, String invitation) throws Exception {
    String folder = machines.resolve(name + "/network").toString();
    var unused =
        start(
                name,
                "network",
                "start",
                "--join",
                invitation,
                "--folder",
                folder,
                "--port",
                port(),
                "--p2p-port",
                port())
            .awaitText("Ctrl-C stops it.", COMMAND);
  }

  /** A site: its process, and a trainer beside it. */
  private PlainTrainer site(String name, String invitation) throws Exception {
    Path folder = machines.resolve(name + "/site");
    String unused = run(name, "site", "join", invitation, "--folder", folder.toString());
    SwarmProcess node =
        start(name, "site", "start", "--folder", folder.toString(), "--port", "0")
            .awaitText("Ctrl-C leaves", COMMAND);
    Matcher url = NODE.matcher(node.printed());
    assertThat(url.find()).as(node.printed()).isTrue();
    return new PlainTrainer(URI.create(url.group()), folder, name);
  }

  /** All trainers send the same sync; returns the rounds that they were merged in. */
  private List<Long> round(long n, List<PlainTrainer> all) throws Exception {
    List<Future<Long>> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      PlainTrainer trainer = all.get(i);
      float weight = i + n;
      merged.add(trainers.submit(() -> trainer.sync(n, weight, -weight)));
    }
    List<Long> rounds = new ArrayList<>();
    for (Future<Long> one : merged) {
      rounds.add(one.get(3, TimeUnit.MINUTES));
    }
    return rounds;
  }

  @Test
  void threeOrganisationsTrainAndLoseTheFirstNode() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    long begin = System.nanoTime();
    String unused =
        SwarmProcess.run(
            machines.resolve("a"),
            CLUSTER,
            "cluster",
            "up",
            "--secured",
            "--organisation",
            "org-a",
            "--any-ports",
            "--folder",
            cluster().toString());
    say("cluster up", begin);
    unused =
        run(
            "a",
            "contract",
            "create",
            "digits",
            "--min-peers",
            "2",
            "--grace-seconds",
            "5",
            "--swarm",
            cluster().toString());
    begin = System.nanoTime();
    joinNetwork("b", invite("a", "org-b", "--role", "network,admin,owner"));
    joinNetwork("c", invite("a", "org-c", "--role", "network,admin,owner"));
    say("two network nodes joined", begin);

    List<PlainTrainer> sites = new ArrayList<>();
    for (String[] pair : new String[][] {{"a", "ward-1"}, {"b", "ward-2"}, {"c", "ward-3"}}) {
      sites.add(site(pair[1], invite(pair[0], pair[1], "--role", "site", "--contract", "digits")));
    }
    for (PlainTrainer site : sites) {
      site.open("digits");
    }
    begin = System.nanoTime();
    for (long n = 0; n < 5; n++) {
      assertThat(round(n, sites)).hasSize(3);
    }
    say("five rounds", begin);
    unused =
        run("ward-2", "site", "rotate-key", "--folder", machines.resolve("ward-2/site").toString());
    assertThat(round(5, sites)).hasSize(3);

    // For good: nobody starts it again.
    long pid =
        Long.parseLong(Files.readAllLines(cluster().resolve("run/network.pid")).get(0).strip());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    for (long n = 6; n < 10; n++) {
      assertThat(round(n, sites)).hasSize(3);
    }
    begin = System.nanoTime();
    PlainTrainer late =
        site("ward-4", invite("b", "ward-4", "--role", "site", "--contract", "digits"));
    late.open("digits");
    sites.add(late);
    // A site whose model is not the newest gets that and does not contribute.
    assertThat(late.sync(0, 1, 1)).isNotNegative();
    for (long more = 0; more < 2; more++) {
      List<Future<Long>> merged = new ArrayList<>();
      for (PlainTrainer trainer : sites) {
        long n = trainer == late ? 1 + more : 10 + more;
        merged.add(trainers.submit(() -> trainer.sync(n, 1, 1)));
      }
      for (Future<Long> one : merged) {
        assertThat(one.get(3, TimeUnit.MINUTES)).isNotNull();
      }
    }
    say("a site invited by the second organisation, and two rounds with it", begin);

    String verdict =
        run(
            "b",
            "verify",
            "--contract",
            "digits",
            "--all",
            "--swarm",
            machines.resolve("b/network").toString());
    assertThat(verdict).contains("ward-4", "12 of 12 rounds proven");
  }

  private static void say(String what, long begin) {
    System.out.println(
        what + ": " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
  }
}
