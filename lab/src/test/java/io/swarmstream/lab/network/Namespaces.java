package io.swarmstream.lab.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for each organisation, with an address of its own, on a switch that is in a
 * namespace, too: this machine's network stays as it is. Nothing but those addresses is shared, so
 * a program that relies on another organisation's loopback fails.
 */
final class Namespaces implements Machines {
  private static final List<String> ORGANISATIONS = List.of("a", "b", "c");
  private static final long DEADLINE_SECONDS = 20;

  private final String prefix = "swarm" + ProcessHandle.current().pid() + "-";
  private final List<String> made = new ArrayList<>();

  private Namespaces() {}

  /** Makes them; empty where this user may not, or {@code ip} is missing. */
  static Optional<Namespaces> make() throws Exception {
    Namespaces all = new Namespaces();
    try {
      all.add("switch");
      all.ip("-n", all.prefix + "switch", "link", "add", "switch", "type", "bridge");
      all.ip("-n", all.prefix + "switch", "link", "set", "switch", "up");
      for (String organisation : ORGANISATIONS) {
        all.add(organisation);
        all.connect(organisation);
      }
      return Optional.of(all);
    } catch (IOException e) {
      System.out.println("no network namespaces, all organisations share one: " + e.getMessage());
      all.close();
      return Optional.empty();
    }
  }

  private void add(String name) throws Exception {
    ip("netns", "add", prefix + name);
    made.add(prefix + name);
  }

  private void connect(String organisation) throws Exception {
    String space = prefix + organisation;
    String port = "port-" + organisation;
    ip(
        "link",
        "add",
        "eth0",
        "netns",
        space,
        "type",
        "veth",
        "peer",
        "name",
        port,
        "netns",
        prefix + "switch");
    ip("-n", prefix + "switch", "link", "set", port, "master", "switch", "up");
    ip("-n", space, "address", "add", address(organisation) + "/24", "dev", "eth0");
    ip("-n", space, "link", "set", "eth0", "up");
    ip("-n", space, "link", "set", "lo", "up");
  }

  /** Of a block that is set aside for tests of networks. */
  private static String address(String organisation) {
    return "198.18.0." + (1 + ORGANISATIONS.indexOf(organisation));
  }

  @Override
  public Machine of(String organisation, Path folder) {
    return new Machine(
        folder, address(organisation), List.of("ip", "netns", "exec", prefix + organisation));
  }

  private void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + ": " + said.strip());
    }
  }

  @Override
  public void close() throws Exception {
    for (String space : made) {
      ip("netns", "delete", space);
    }
    made.clear();
  }
}
