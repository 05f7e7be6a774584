package io.swarmstream.lab.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.lab.network.SwarmProcess;
import io.swarmstream.testkit.CommandLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A machine with a task agent of two sites, each with its own part of the digits. */
final class AgentHost implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int HOSTS = 2;
  private static final Pattern LINK = Pattern.compile("by a link that works once: (\\S+)");

  final String name;
  final Path machine;
  private final Path profile;
  private SwarmProcess agent;

  /** Joins by an invitation, and starts its agent. */
  AgentHost(Path machine, int number, Path invitation) throws Exception {
    this.name = "host-" + number;
    this.machine = machine;
    this.profile = machine.resolve("profile.yaml");
    Files.createDirectories(machine);
    List<String> lines =
        new ArrayList<>(
            List.of(
                "groupname : " + name,
                "taskrunner : defaulttaskbb.taskdb.sml.hpe",
                "policyuri : ~",
                "resourcemgr : {mgrtype : PROCESS}",
                "nodes :"));
    for (int site = 0; site < 2; site++) {
      Files.createDirectories(data(site));
      Files.write(data(site).resolve("digits.csv"), digits(2 * (number - 1) + site));
      lines.add("  - slnodedef :");
      lines.add("      idx : " + site);
      lines.add("      privatedata : {src : \"" + data(site) + "\", mType : BIND}");
    }
    Files.write(profile, lines);
    String unused = run("site", "join", invitation.toString(), "--folder", folder());
    this.agent = begin();
  }

  Path data(int site) {
    return machine.resolve("data-" + site);
  }

  /** Folder of the member that a site of this host is. */
  Path site(int site) {
    return machine.resolve("a/sites").resolve(String.valueOf(site));
  }

  private String folder() {
    return machine.resolve("a").toString();
  }

  /** One of four parts of the digits, without order. */
  static List<String> digits(int part) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        AgentHost.class.getResourceAsStream(
                            "/io/swarmstream/examples/digits/digits.csv.gz"))),
                StandardCharsets.UTF_8))) {
      List<String> all = lines.lines().toList();
      List<String> mine = new ArrayList<>();
      for (int i = part; i < all.size(); i += 2 * HOSTS) {
        mine.add(all.get(i));
      }
      return mine;
    }
  }

  private SwarmProcess begin() throws Exception {
    return SwarmProcess.start(
            machine,
            "agent",
            "--folder",
            folder(),
            "--profile",
            profile.toString(),
            "--accept-author",
            "sn1",
            "--page",
            "0")
        .awaitText("Ready for Task Execution!", SOON);
  }

  /** Kills the agent as a power failure would, and starts it again. */
  void killAndRestart() throws Exception {
    agent.kill();
    agent.close();
    agent = begin();
  }

  /** The link to the agent's page; works once. */
  String link() throws IOException {
    Matcher link = LINK.matcher(said());
    if (!link.find()) {
      throw new IllegalStateException("the agent has printed no link: " + said());
    }
    return link.group(1);
  }

  String said() throws IOException {
    return agent.printed();
  }

  /** An {@code agent} command beside the running agent. */
  String command(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("agent"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--folder", folder()));
    return run(all.toArray(String[]::new));
  }

  private String run(String... arguments) throws Exception {
    return SwarmProcess.run(machine, SOON, arguments);
  }

  /** Lets the holding programs of this host end. */
  void end(int site, String code) throws IOException {
    Files.writeString(data(site).resolve("end"), code);
  }

  void hold() throws IOException {
    Files.deleteIfExists(data(0).resolve("end"));
    Files.deleteIfExists(data(1).resolve("end"));
  }

  void awaitSaid(String text) {
    SwarmProcess unused = agent.awaitText(text, SOON);
  }

  /** Processes of sites of this host, and all holding programs. */
  List<String> processes() {
    List<String> all = new ArrayList<>(sites());
    CommandLines.running("hold.py").forEach(found -> all.add(CommandLines.of(found)));
    return all;
  }

  /** Nodes of sites of this host. */
  List<String> sites() {
    return CommandLines.running("site start", machine.toString()).stream()
        .map(CommandLines::of)
        .toList();
  }

  byte[] model(int site) throws IOException {
    byte[] model = Files.readAllBytes(modelFile(site));
    assertThat(model).hasSizeGreaterThan(2600);
    return model;
  }

  private Path modelFile(int site) {
    return data(site).resolve("model.safetensors");
  }

  void forgetModels() throws IOException {
    Files.deleteIfExists(modelFile(0));
    Files.deleteIfExists(modelFile(1));
  }

  @Override
  public void close() throws Exception {
    agent.close();
  }
}
