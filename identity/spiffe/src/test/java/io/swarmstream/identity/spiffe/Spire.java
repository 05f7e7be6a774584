package io.swarmstream.identity.spiffe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A SPIRE server and its agent, as processes, for one trust domain. */
final class Spire implements AutoCloseable {
  private static final String DOMAIN = "swarm.test";
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private final Path bin;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  private Spire(Path bin, Path folder) {
    this.bin = bin;
    this.folder = folder;
  }

  /** Starts both; the folder's path must be short, because it holds Unix sockets. */
  static Spire start(Path bin, Path folder) throws Exception {
    Spire spire = new Spire(bin, folder);
    boolean started = false;
    try {
      spire.startServer();
      spire.startAgent(spire.port);
      started = true;
      return spire;
    } finally {
      if (!started) {
        spire.close();
      }
    }
  }

  private int port;

  private void startServer() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("server.conf"),
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
            .formatted(port, folder, DOMAIN));
    Files.createDirectories(folder.resolve("server"));
    run("spire-server", "run", "-config", folder.resolve("server.conf").toString());
    awaitHealthy("spire-server", "server.sock");
  }

  private void startAgent(int serverPort) throws Exception {
    String said = server("token", "generate", "-spiffeID", agentId());
    String token = said.replaceFirst("(?s).*Token: (\\S+).*", "$1");
    Files.createDirectories(folder.resolve("agent"));
    Files.writeString(
        folder.resolve("agent.conf"),
        """
        agent {
          server_address = "127.0.0.1"
          server_port = "%d"
          socket_path = "%2$s/agent.sock"
          trust_domain = "%3$s"
          data_dir = "%2$s/agent"
          insecure_bootstrap = true
          log_level = "WARN"
        }
        plugins {
          NodeAttestor "join_token" { plugin_data {} }
          KeyManager "disk" { plugin_data { directory = "%2$s/agent" } }
          WorkloadAttestor "unix" { plugin_data {} }
        }
        """
            .formatted(serverPort, folder, DOMAIN));
    run(
        "spire-agent",
        "run",
        "-config",
        folder.resolve("agent.conf").toString(),
        "-joinToken",
        token);
    awaitHealthy("spire-agent", "agent.sock");
  }

  private static String agentId() {
    return "spiffe://" + DOMAIN + "/agent";
  }

  WorkloadSocket socket() {
    return WorkloadSocket.of(folder.resolve("agent.sock").toString());
  }

  /** Makes the agent issue an id to processes of this user. */
  void register(String id, Duration lifetime) throws Exception {
    Object uid = Files.getAttribute(folder, "unix:uid");
    server(
        "entry",
        "create",
        "-parentID",
        agentId(),
        "-spiffeID",
        id,
        "-selector",
        "unix:uid:" + uid,
        "-x509SVIDTTL",
        Long.toString(lifetime.toSeconds()),
        "-dns",
        "localhost");
  }

  private String server(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("-socketPath");
    all.add(folder.resolve("server.sock").toString());
    Process process = start("spire-server", all, folder.resolve("command.log"));
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "spire-server " + all + ": " + Files.readString(folder.resolve("command.log")));
    }
    return Files.readString(folder.resolve("command.log"));
  }

  private void run(String program, String... arguments) throws IOException {
    processes.add(0, start(program, List.of(arguments), folder.resolve(program + ".log")));
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

  private void awaitHealthy(String program, String socket) throws Exception {
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
      Thread.sleep(200);
    }
    throw new IllegalStateException(
        program
            + " is not healthy after "
            + START_DEADLINE.toSeconds()
            + " s: "
            + Files.readString(folder.resolve(program + ".log"), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.destroy();
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
