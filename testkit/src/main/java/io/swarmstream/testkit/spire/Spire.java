package io.swarmstream.testkit.spire;

import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A SPIRE server of one trust domain, and an agent for each machine of it, as processes. Each agent
 * issues one id to all processes of this user, as if each machine had one workload.
 */
public final class Spire implements AutoCloseable {
  /** Why a test without SPIRE is skipped. */
  public static final String MISSING =
      "no SPIRE: deploy/tools/get-spire builds it; -Dswarm.spire.bin=FOLDER names another folder";

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final long POLL_MS = 100;
  private static final String SERVER = "spire-server";
  private static final String AGENT = "spire-agent";

  private final Path bin;
  private final Path folder;
  private final String domain;
  private final List<Process> processes = new ArrayList<>();
  private int port;

  private Spire(Path bin, Path folder, String domain) {
    this.bin = bin;
    this.folder = folder;
    this.domain = domain;
  }

  /** The folder with SPIRE's programs: the one that is named, or where get-spire puts them. */
  public static Optional<Path> programs() throws IOException {
    String named = System.getProperty("swarm.spire.bin", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path ours =
        (cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
            .resolve("swarmstream");
    if (!Files.isDirectory(ours)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(ours)) {
      return folders
          .filter(each -> Files.isExecutable(each.resolve(SERVER)))
          .filter(each -> Files.isExecutable(each.resolve(AGENT)))
          .sorted()
          .reduce((earlier, later) -> later);
    }
  }

  /**
   * Starts the server of a trust domain, in a folder of its own, which is deleted at the end. Its
   * path is short, because a Unix socket's path has at most 107 bytes.
   */
  public static Spire start(Path bin, String domain) throws Exception {
    Spire spire = new Spire(bin, Files.createTempDirectory("spire"), domain);
    boolean started = false;
    try {
      spire.startServer();
      started = true;
      return spire;
    } finally {
      if (!started) {
        spire.close();
      }
    }
  }

  private void startServer() throws Exception {
    port = FreePort.any();
    Files.createDirectories(folder.resolve("server"));
    run(
        SERVER,
        SERVER,
        """
        server {
          bind_address = "127.0.0.1"
          bind_port = "%d"
          socket_path = "%2$s/server.sock"
          trust_domain = "%3$s"
          data_dir = "%2$s/server"
          log_level = "WARN"
        }
        plugins {
          DataStore "sql" {
            plugin_data { database_type = "sqlite3", connection_string = "%2$s/data.sqlite3" }
          }
          NodeAttestor "join_token" { plugin_data {} }
          KeyManager "disk" { plugin_data { keys_path = "%2$s/keys.json" } }
        }
        """
            .formatted(port, folder, domain));
    awaitHealthy(SERVER, SERVER, "server.sock");
  }

  /**
   * Starts the agent of a machine.
   *
   * @param machine name of the machine
   * @param path the workload's: its id is {@code spiffe://domain/path}
   * @param lifetime of each certificate; the agent renews it when half of it has passed
   * @param host by which the workload is reached
   * @return address of its Workload API
   */
  public String agent(String machine, String path, Duration lifetime, String host)
      throws Exception {
    String id = "spiffe://" + domain + "/agent-" + machine;
    register(id, "spiffe://" + domain + "/" + path, lifetime, host);
    String said = server("token", "generate", "-spiffeID", id);
    String token = said.replaceFirst("(?s).*Token: (\\S+).*", "$1");
    Path data = Files.createDirectories(folder.resolve(machine));
    run(
        AGENT,
        machine,
        """
        agent {
          server_address = "127.0.0.1"
          server_port = "%d"
          socket_path = "%2$s.sock"
          trust_domain = "%3$s"
          data_dir = "%2$s"
          insecure_bootstrap = true
          log_level = "WARN"
        }
        plugins {
          NodeAttestor "join_token" { plugin_data {} }
          KeyManager "disk" { plugin_data { directory = "%2$s" } }
          WorkloadAttestor "unix" { plugin_data {} }
        }
        """
            .formatted(port, data, domain),
        "-joinToken",
        token);
    awaitHealthy(AGENT, machine, machine + ".sock");
    return "unix:" + folder.resolve(machine + ".sock");
  }

  private void register(String agent, String id, Duration lifetime, String host) throws Exception {
    Object uid = Files.getAttribute(folder, "unix:uid");
    String unused =
        server(
            "entry",
            "create",
            "-parentID",
            agent,
            "-spiffeID",
            id,
            "-selector",
            "unix:uid:" + uid,
            "-x509SVIDTTL",
            Long.toString(lifetime.toSeconds()),
            "-dns",
            host);
  }

  private String server(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("-socketPath");
    all.add(folder.resolve("server.sock").toString());
    Process process = start(SERVER, all, folder.resolve("command.log"));
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          SERVER + " " + all + ": " + Files.readString(folder.resolve("command.log")));
    }
    return Files.readString(folder.resolve("command.log"));
  }

  private void run(String program, String name, String configuration, String... more)
      throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, configuration);
    List<String> arguments = new ArrayList<>(List.of("run", "-config", file.toString()));
    arguments.addAll(List.of(more));
    processes.add(0, start(program, arguments, folder.resolve(name + ".log")));
  }

  private Process start(String program, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private void awaitHealthy(String program, String name, String socket) throws Exception {
    long end = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      Process check =
          start(
              program,
              List.of("healthcheck", "-socketPath", folder.resolve(socket).toString()),
              folder.resolve("health.log"));
      if (check.waitFor(10, TimeUnit.SECONDS) && check.exitValue() == 0) {
        return;
      }
      Thread.sleep(POLL_MS);
    }
    throw new IllegalStateException(
        name
            + " is not healthy after "
            + START_DEADLINE.toSeconds()
            + " s: "
            + Files.readString(folder.resolve(name + ".log"), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.destroy();
    }
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
