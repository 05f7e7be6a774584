package io.swarmstream.lab.tasks;

import static io.swarmstream.lab.tasks.TaskSwarm.LONG;
import static io.swarmstream.lab.tasks.TaskSwarm.RUNNER;
import static io.swarmstream.lab.tasks.TaskSwarm.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.lab.network.SwarmProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code swarm shell --serve} of sn1, and programs that call it with its certificate. */
final class ServedSwarm implements AutoCloseable {
  private static final Path PYTHON = SwarmProcess.ROOT.resolve("python");
  private static final Pattern URL = Pattern.compile("https://127\\.0\\.0\\.1:\\d+");
  private static final String CONTRACT = "defaultbb.cqdb.sml.hpe";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TaskSwarm swarm;
  private final Path folder;
  private final SwarmProcess shell;
  private final URI service;

  ServedSwarm(TaskSwarm swarm) throws Exception {
    this.swarm = swarm;
    this.folder = Files.createDirectories(swarm.machines.resolve("laptop"));
    List<String> command = new ArrayList<>(List.of("shell", "--serve", "--port", "0"));
    // The member's present context leads to sn1, since the script.
    command.addAll(List.of("--alias", "sn1=127.0.0.1:" + swarm.apiPort()));
    command.addAll(List.of("--folder", swarm.owner().toString()));
    this.shell =
        SwarmProcess.start(folder, command.toArray(String[]::new))
            .awaitText("Ctrl-C stops it.", SOON);
    Matcher url = URL.matcher(shell.printed());
    assertThat(url.find()).as(shell.printed()).isTrue();
    this.service = URI.create(url.group());
  }

  /** HPE's way: the training, from the file to the figures. */
  void pythonTrains() throws Exception {
    Optional<Path> python =
        Stream.of("venv", "venv-none")
            .map(name -> PYTHON.resolve("target").resolve(name).resolve("bin/python"))
            .filter(Files::isExecutable)
            .findFirst();
    if (python.isEmpty()) {
      System.out.println("no virtual environment of python/check.py: Swci is not tried");
      return;
    }
    swarm.forgetModels();
    Files.writeString(folder.resolve("by-python.yaml"), task("by-python"));
    Files.writeString(
        folder.resolve("program.py"),
        """
        import swarmlearning.swci as sw
        folder = "%s/identity/"
        s = sw.Swci("127.0.0.1", %d, folder + "cert.pem", folder + "key.pem", folder + "ca.pem")
        print(s.resetTrainingContract(), s.getErrors())
        print(s.registerTask("by-python.yaml"), s.getErrors())
        s.executeTask("by-python", peers=4)
        print(s.getTrainingContractPerformanceData(), s.getErrors())
        print(s.isTaskDone(), s.getTaskRunnerStatus())
        """
            .formatted(swarm.owner(), service.getPort()));
    String said = run(LONG, List.of(python.get().toString(), "program.py"));
    System.out.println(said);
    assertThat(said)
        .contains(
            "CONTRACT RESET : " + CONTRACT,
            "['Registered Task : by-python'] \n",
            "Task by-python was assigned to " + RUNNER,
            "Task by-python : TASK_STATE COMPLETE, ACTIVE PEERS 0, COMPLETED PEERS 4",
            "Taskrunner " + RUNNER + " was reset",
            "host-1-0",
            "host-2-1",
            "TASK_STATE : IDLE")
        .doesNotContain("ERROR");
    swarm.assertOneModel();
    swarm.awaitNothingRuns();
  }

  /** Anybody's way: HTTPS and a certificate. */
  void curlTrains() throws Exception {
    swarm.forgetModels();
    Files.writeString(folder.resolve("by-curl.yaml"), task("by-curl"));
    Files.writeString(folder.resolve("spare.yaml"), task("spare"));

    assertThat(curl("2", "/uploadTaskDef", "-F", "file=@by-curl.yaml").toString())
        .contains("Uploaded : by-curl.yaml");
    assertThat(exec("CREATE TASK FROM by-curl.yaml")).contains("Task Registered : by-curl");
    assertThat(curl("2", "/v1/tasks", "--data-binary", "@spare.yaml").path("name").asText())
        .isEqualTo("spare");
    JsonNode unused = curl("2", "/v1/tasks/spare", "-X", "DELETE");
    assertThat(curl("2", "/v1/tasks/by-curl/finalise", "-X", "POST").path("name").asText())
        .isEqualTo("by-curl");
    // A site counts as training until its last heartbeat is 30 s old.
    String reset = "/v1/contracts/" + CONTRACT + "/reset";
    await("no site trains any more")
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> curl("2", reset, "-X", "POST"));

    String taskrunner = "/v1/taskrunners/" + RUNNER;
    String[] assignment = {
      "-H", "Content-Type: application/json", "--data", "{\"task\": \"by-curl\", \"peers\": 4}"
    };
    JsonNode assigned = curl("2", taskrunner + "/assignments", assignment);
    assertThat(assigned.path("task").asText()).isEqualTo("by-curl");
    assertThat(curl("409", taskrunner + "/assignments", assignment).path("detail").asText())
        .contains("is running task by-curl", "RESET TASKRUNNER");
    await("the training of curl")
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              JsonNode now = curl("2", taskrunner);
              assertThat(now.path("state").asText()).as("%s", now).isEqualTo("COMPLETE");
            });
    assertThat(exec("WAIT FOR TASKRUNNER " + RUNNER)).contains("TASK_STATE : COMPLETE");
    assertThat(curl("2", taskrunner + "/agents").toString())
        .contains("host-1-0", "host-1-1", "host-2-0", "host-2-1", "Training completed");
    assertThat(curl("2", "/v1/contracts/" + CONTRACT + "/performance").toString())
        .contains("host-1-0", "host-1-1", "host-2-0", "host-2-1");
    unused = curl("2", taskrunner + "/assignments", "-X", "DELETE");
    assertThat(curl("2", taskrunner).path("state").asText()).isEqualTo("IDLE");
    swarm.assertOneModel();
    swarm.awaitNothingRuns();
  }

  private String task(String name) throws Exception {
    return swarm.runTask(name, "digits.py", 1);
  }

  private String exec(String command) throws Exception {
    return curl("2", "/exec?cmd=" + command.replace(" ", "%20"), "-X", "POST").toString();
  }

  /** Sends a request; the status has to begin so. */
  private JsonNode curl(String status, String path, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", "\n%{http_code}"));
    Path identity = swarm.owner().resolve("identity");
    for (String file : List.of("cert", "key")) {
      command.addAll(List.of("--" + file, identity.resolve(file + ".pem").toString()));
    }
    command.addAll(List.of("--cacert", identity.resolve("ca.pem").toString()));
    command.addAll(List.of(options));
    command.add(service + path);
    String said = run(SOON, command);
    int end = said.lastIndexOf('\n');
    assertThat(said.substring(end + 1)).as("%s: %s", path, said).startsWith(status);
    return JSON.readTree(said.substring(0, end));
  }

  private String run(Duration deadline, List<String> command) throws Exception {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .put("PYTHONPATH", PYTHON.resolve("src") + ":" + PYTHON.resolve("hpe/src"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS))
          .as("%s did not end: %s", command, Files.readString(output))
          .isTrue();
      assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws Exception {
    shell.close();
  }
}
