package io.swarmstream.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Flink cluster of processes of their own, from {@code deploy/flink}: nothing of ours is on their
 * class path.
 */
final class FlinkProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path deploy;
  private final Path folder;
  private final int restPort;
  private final List<Process> processes = new ArrayList<>();

  private FlinkProcesses(Path deploy, Path folder, int restPort) {
    this.deploy = deploy;
    this.folder = folder;
    this.restPort = restPort;
  }

  /** Starts a JobManager and a TaskManager and waits until the TaskManager's slots are free. */
  static FlinkProcesses start(Path deploy, Path folder) throws Exception {
    FlinkProcesses flink = new FlinkProcesses(deploy, folder, freePort());
    String rpcPort = "-Djobmanager.rpc.port=" + freePort();
    String rest = "-Drest.port=" + flink.restPort;
    try {
      flink.launch(
          "jobmanager",
          "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
          List.of("--configDir", flink.conf(), rpcPort, rest));
      flink.launch(
          "taskmanager",
          "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
          List.of("--configDir", flink.conf(), rpcPort, rest, "-Dtaskmanager.resource-id=tm-1"));
      flink.awaitSlots();
      return flink;
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /** Runs {@code flink run} and returns its exit code; its output is in the folder. */
  int run(Path jar, List<String> jobArgs) throws Exception {
    List<String> args =
        new ArrayList<>(List.of("run", "-d", "-m", "localhost:" + restPort, jar.toString()));
    args.addAll(jobArgs);
    Process client = launch("client", "org.apache.flink.client.cli.CliFrontend", args);
    if (!client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "flink run did not end within " + PATIENCE.toSeconds() + " s\n" + log("client"));
    }
    return client.exitValue();
  }

  String log(String process) throws IOException {
    return Files.readString(folder.resolve(process + ".log"));
  }

  private Process launch(String name, String mainClass, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Dlog4j.configurationFile=" + deploy.resolve("conf/log4j2.properties").toUri(),
                "-cp",
                deploy.resolve("target/lib") + "/*",
                mainClass));
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("FLINK_CONF_DIR", conf());
    Process process = builder.start();
    processes.add(0, process);
    return process;
  }

  private String conf() {
    return deploy.resolve("conf").toString();
  }

  private void awaitSlots() throws Exception {
    HttpRequest overview =
        HttpRequest.newBuilder(URI.create("http://localhost:" + restPort + "/overview"))
            .timeout(Duration.ofSeconds(5))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer = client.send(overview, HttpResponse.BodyHandlers.ofString());
        if (answer.body().contains("\"slots-available\":2")) {
          return;
        }
      } catch (IOException e) {
        // Not up yet.
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException(
        "no TaskManager with free slots within "
            + PATIENCE.toSeconds()
            + " s\n"
            + log("jobmanager")
            + log("taskmanager"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : processes) {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
