package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.lab.network.MemberIdentities.Given;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Organisations a, b and c, all by commands. Organisation a runs Kafka and Flink. Each trainer
 * trains beside its site's node.
 */
final class ThreeOrganisations implements AutoCloseable {
  private static final Duration CLUSTER = Duration.ofMinutes(5);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Pattern NODE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Pattern PHASE = Pattern.compile("(?m)^(.+) … ([0-9.]+ s)$");

  private final Path folder;
  private final Machines machines;
  private final MemberIdentities identities;
  private final Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, TrainerProcess> trainers = new ConcurrentSkipListMap<>();

  /** Where the nodes of sites listen. */
  private final Map<String, URI> nodes = new ConcurrentSkipListMap<>();

  /** Per trainer, its next sync. */
  private final Map<String, Long> syncs = new ConcurrentSkipListMap<>();

  /** When the first trainer had a round. */
  private final Map<Long, Instant> merged = new TreeMap<>();

  ThreeOrganisations(Path folder, Machines machines, MemberIdentities identities) {
    this.folder = folder;
    this.machines = machines;
    this.identities = identities;
  }

  private Machine machine(String organisation, String name) {
    return machines.of(organisation, folder.resolve(name));
  }

  private Path cluster() {
    return folder.resolve("a/cluster");
  }

  Path node(String organisation) {
    return organisation.equals("a")
        ? cluster().resolve("network")
        : folder.resolve(organisation + "/network");
  }

  private Path site(String name) {
    return folder.resolve(name + "/site");
  }

  private String run(String organisation, String name, String... arguments) throws Exception {
    return SwarmProcess.run(machine(organisation, name), Given.NOTHING, COMMAND, arguments);
  }

  /** Organisation a sets up everything. */
  void begin() throws Exception {
    long begin = System.nanoTime();
    Machine a = machine("a", "a");
    identities.prepare(cluster(), a.host());
    String said =
        SwarmProcess.run(
            a,
            identities.node("a", a.host()),
            CLUSTER,
            "cluster",
            "up",
            "--secured",
            "--organisation",
            "org-a",
            "--host",
            a.host(),
            "--any-ports",
            "--folder",
            cluster().toString());
    Matcher phase = PHASE.matcher(said);
    while (phase.find()) {
      System.out.println("  " + phase.group(1) + ": " + phase.group(2));
    }
    NetworkITCase.say("cluster up", begin);
  }

  void createContract(String name) throws Exception {
    String[] command = {
      "contract", "create", name, "--min-peers", "2", "--grace-seconds", "5", "--swarm"
    };
    List<String> all = new ArrayList<>(List.of(command));
    all.add(cluster().toString());
    String unused = run("a", "a", all.toArray(String[]::new));
  }

  /** Has an organisation invite somebody; returns the path of the invitation. */
  private String invite(String by, String name, String... more) throws Exception {
    Path file = folder.resolve(name + ".invite");
    List<String> command =
        new ArrayList<>(List.of("network", "invite", name, "-o", file.toString()));
    command.addAll(List.of("--folder", node(by).toString()));
    command.addAll(List.of(more));
    String unused = run(by, by, command.toArray(String[]::new));
    return file.toString();
  }

  private SwarmProcess start(Machine machine, Given given, String... arguments) throws Exception {
    SwarmProcess started = SwarmProcess.start(machine, given, arguments);
    running.push(started);
    return started;
  }

  /** Organisation a invites another one, which joins with a network node of its own. */
  void joinNetwork(String organisation) throws Exception {
    long begin = System.nanoTime();
    Machine machine = machine(organisation, organisation);
    String invitation = invite("a", "org-" + organisation, "--role", "network,admin,owner");
    SwarmProcess unused =
        start(
                machine,
                identities.node(organisation, machine.host()),
                "network",
                "start",
                "--join",
                invitation,
                "--folder",
                node(organisation).toString(),
                "--host",
                machine.host(),
                "--port",
                machines.port(),
                "--p2p-port",
                machines.port())
            .awaitText("Ctrl-C stops it.", COMMAND);
    NetworkITCase.say("network node of " + organisation + " joined", begin);
  }

  /** Sites join at the same time, ward-a at organisation a and so on. */
  void joinSites(String contract, String... names) throws Exception {
    long begin = System.nanoTime();
    List<Future<?>> joins = new ArrayList<>();
    for (String name : names) {
      joins.add(
          threads.submit(
              () -> {
                joinSite(name.substring("ward-".length()), name, contract);
                return name;
              }));
    }
    for (Future<?> join : joins) {
      join.get(COMMAND.toSeconds(), TimeUnit.SECONDS);
    }
    NetworkITCase.say(names.length + " sites joined", begin);
  }

  /** What a site is told that brings a certificate of an authority which nobody has registered. */
  String refusal(String by, String name) throws Exception {
    String invitation = invite(by, name, "--role", "site");
    return SwarmProcess.fail(
        machine(by, name),
        identities.site("x", name),
        COMMAND,
        "site",
        "join",
        invitation,
        "--folder",
        site(name).toString());
  }

  /** A site joins by an invitation of its organisation; a trainer begins beside it. */
  void joinSite(String organisation, String name, String contract) throws Exception {
    String invitation = invite(organisation, name, "--role", "site", "--contract", contract);
    Machine machine = machine(organisation, name);
    Given given = identities.site(organisation, name);
    String joined =
        SwarmProcess.run(
            machine, given, COMMAND, "site", "join", invitation, "--folder", site(name).toString());
    assertThat(joined).contains("is a member of the swarm");
    // Without options: the folder remembers where the certificate comes from.
    SwarmProcess node =
        start(
                machine,
                new Given(List.of(), given.variables()),
                "site",
                "start",
                "--folder",
                site(name).toString(),
                "--port",
                "0")
            .awaitText("Ctrl-C leaves", COMMAND);
    Matcher url = NODE.matcher(node.printed());
    assertThat(url.find()).as(node.printed()).isTrue();
    URI at = URI.create(url.group());
    nodes.put(name, at);
    TrainerProcess trainer = TrainerProcess.start(machine, at, site(name), name);
    running.push(trainer);
    trainer.open(contract);
    trainers.put(name, trainer);
    syncs.put(name, 0L);
  }

  /** Rounds in each of which all trainers take part. */
  void rounds(int count) throws Exception {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Map<String, Future<Long>> all = new LinkedHashMap<>();
      for (String name : trainers.keySet()) {
        all.put(name, threads.submit(() -> sync(name)));
      }
      long round = -1;
      for (Map.Entry<String, Future<Long>> one : all.entrySet()) {
        long got = one.getValue().get(3, TimeUnit.MINUTES);
        assertThat(got).as("round of %s", one.getKey()).isGreaterThanOrEqualTo(round);
        round = got;
      }
    }
    NetworkITCase.say(count + " round(s)", begin);
  }

  private long sync(String name) throws Exception {
    long n = Optional.ofNullable(syncs.get(name)).orElseThrow();
    TrainerProcess trainer = Optional.ofNullable(trainers.get(name)).orElseThrow();
    long round = trainer.sync(n, (float) n + 1, (float) -n);
    synchronized (this) {
      syncs.put(name, n + 1);
      merged.putIfAbsent(round, Instant.now());
    }
    return round;
  }

  /** Both while the nodes run, and without a restart. */
  void renewAndRotate(String toRenew, String toRotate) throws Exception {
    long begin = System.nanoTime();
    identities.renew(toRenew, site(toRenew));
    Optional<List<String>> rotation = identities.rotation("b", toRotate);
    if (rotation.isPresent()) {
      List<String> command =
          new ArrayList<>(List.of("site", "rotate-key", "--folder", site(toRotate).toString()));
      command.addAll(rotation.get());
      String unused = run("b", toRotate, command.toArray(String[]::new));
    }
    NetworkITCase.say("renewed and rotated", begin);
  }

  /** For good: nobody starts it again. */
  void loseTheFirstNode() throws Exception {
    Path pid = cluster().resolve("run/network.pid");
    boolean unused =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()))
            .orElseThrow()
            .destroyForcibly();
  }

  /** A site joins, gets the newest model, and contributes to more rounds. */
  void joinLateSite(String by, String name, String contract, int rounds) throws Exception {
    long begin = System.nanoTime();
    joinSite(by, name, contract);
    // A site whose model is not the newest gets that and does not contribute.
    assertThat(sync(name)).isNotNegative();
    rounds(1);
    NetworkITCase.say("from the invitation of " + name + " to its first round", begin);
    if (rounds > 1) {
      rounds(rounds - 1);
    }
  }

  /** The page of a site's node. */
  SitePageScene page(String name) {
    return new SitePageScene(Optional.ofNullable(nodes.get(name)).orElseThrow(), site(name));
  }

  String verdict(String by, String contract) throws Exception {
    return run(by, by, "verify", "--contract", contract, "--all", "--swarm", node(by).toString());
  }

  /** What {@code swarm experiments} says to an organisation's member. */
  String experiments(String by, String command, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("experiments", command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--folder", node(by).toString()));
    return run(by, by, all.toArray(String[]::new));
  }

  /** Notes from now on when rounds are on the chain, at an organisation's node. */
  void watchAnchors(String by, String contract) throws IOException {
    Machine machine = machine(by, by);
    List<String> command =
        SwarmProcess.java(machine, AnchorWatch.class.getName(), node(by).toString(), contract);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(anchors().toFile())
            .redirectError(folder.resolve("anchors.log").toFile())
            .start();
    running.push(process::destroy);
  }

  private Path anchors() {
    return folder.resolve("anchors.txt");
  }

  /** How many milliseconds after the first trainer had a round its anchor was on the chain. */
  Map<Long, Long> anchorLagsMs() throws IOException {
    Map<Long, Long> lags = new TreeMap<>();
    for (String line : Files.readAllLines(anchors())) {
      String[] words = line.split(" ", -1);
      long round = Long.parseLong(words[0]);
      Instant had = merged.get(round);
      if (had != null) {
        lags.put(round, Long.parseLong(words[1]) - had.toEpochMilli());
      }
    }
    return lags;
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    try {
      while (!running.isEmpty()) {
        running.pop().close();
      }
      String unused = run("a", "a", "cluster", "down", "--folder", cluster().toString());
    } finally {
      identities.close();
      machines.close();
    }
  }
}
