package io.swarmstream.lab.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.cli.SwarmCommand;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.NetworkNode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code swarm shell} against a real network node and its chain. */
class ShellITCase {
  private static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  private static final Pattern URL = Pattern.compile("https://127\\.0\\.0\\.1:\\d+");
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  @TempDir private static Path home;
  private static NetworkNode node;
  private static int port;
  private static Answering agent;

  /** A command's exit code and what it printed. */
  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    port = FreePort.any();
    NetworkFolder folder = NetworkFolder.open(home.resolve("a"));
    EthereumNode chain =
        SentinelSetup.run(
            folder,
            new NodePlan("org-a", "org-a", "127.0.0.1", port, FreePort.any(), null, null),
            System.out::println);
    node = NetworkNode.start(folder, chain, "127.0.0.1");
    for (String[] member : new String[][] {{"host-1", "agent"}, {"carol", "observer"}}) {
      String file = home.resolve(member[0] + ".invite").toString();
      good(swarm("network", "invite", member[0], "--role", member[1], "-o", file, "--folder", a()));
      good(swarm("site", "join", file, "--folder", home.resolve(member[0]).toString()));
    }
    agent = new Answering(home.resolve("host-1"));
  }

  @AfterAll
  static void stop() {
    if (agent != null) {
      agent.close();
    }
    if (node != null) {
      node.close();
    }
  }

  private static String a() {
    return home.resolve("a").toString();
  }

  private static Ended swarm(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        SwarmCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static Ended shell(String... commands) {
    List<String> arguments = new ArrayList<>(List.of("shell", "--folder", a()));
    arguments.addAll(List.of("--usr-dir", home.toString(), "--alias", "sn1=127.0.0.1:" + port));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return swarm(arguments.toArray(String[]::new));
  }

  private static Ended good(Ended ended) {
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private static void bad(String command, String... words) {
    Ended ended = shell(command);
    assertThat(ended.code()).as(ended.out()).isEqualTo(1);
    assertThat(ended.out()).contains("ERROR ").contains(words);
  }

  @Test
  void everyCommandWorksAndFailsWithASentence() throws Exception {
    Files.writeString(
        home.resolve("pull.yaml"),
        """
        Name: from-file
        TaskType: PULL_IMAGE
        Author: alice
        Prereq: ROOTTASK
        Outcome: i
        Body:
          OrgAndReg: example.org/team
          RepoName: env
          Tag: '1'
          Auth: ~
        """);
    Ended all =
        good(
            shell(
                "WAIT FOR IP sn1",
                "WAIT FOR SERVICE 127.0.0.1:" + port,
                "CREATE CONTEXT night WITH IP sn1",
                "CREATE CONTEXT day WITH SERVICE 127.0.0.1:" + port,
                "SWITCH CONTEXT night",
                "LIST CONTEXTS",
                "GET CONTEXT INFO",
                "GET CONTEXT VERSION",
                "SET CONTEXT ENV night SWCI_RUN_TASK_MAX_WAIT_TIME 3",
                "GET CONTEXT ENV night SWCI_RUN_TASK_MAX_WAIT_TIME",
                "LIST CONTEXT ENV night",
                "LIST NODES",
                "CREATE CONTRACT digits",
                "LIST CONTRACTS",
                "GET CONTRACT INFO digits",
                "GET CONTRACT STATUS digits",
                "PERFDATA digits",
                "RESET CONTRACT digits",
                "CREATE TASK FROM pull.yaml",
                "GET TASK BODY from-file",
                "CREATE TASK PULL_IMAGE by-hand alice ROOTTASK i",
                "APPEND TASK BODY by-hand 1 Tag: it's",
                "APPEND TASK BODY by-hand 2 second",
                "APPEND TASK BODY by-hand 2 '  indented'",
                "GET TASK BODY by-hand",
                "FINALIZE TASK by-hand",
                "GET TASK INFO by-hand",
                "DELETE TASK from-file",
                "LIST TASKS",
                "CREATE TASKRUNNER spare",
                "LIST TASKRUNNERS",
                "GET TASKRUNNER INFO " + RUNNER,
                "GET TASKRUNNER STATUS spare",
                "LIST TASKRUNNER PEERS spare",
                "LOGS spare",
                "RESET TASKRUNNER spare",
                "WAIT FOR TASKRUNNER spare",
                "SLEEP 0",
                "cd /platform/swarm/usr",
                "ls",
                "pwd",
                "HELP",
                "EXIT ON FAILURE",
                "EXIT"));
    assertThat(all.out())
        .contains(
            "API Server is UP!",
            "CONTEXT CREATED : night",
            "DEFAULT CONTEXT SET TO : night",
            "SWCI_RUN_TASK_MAX_WAIT_TIME : 3",
            "SENTINEL, 127.0.0.1, " + port + ", org-a",
            "CONTRACT CREATED : digits",
            "CONTRACT STATE : UNINITIALISED",
            "Task definition is valid",
            "Task Registered : from-file",
            "0000: Tag: it's",
            "0001:   indented",
            "FINALIZED : true",
            "CREATED BY : org-a",
            "  SWOP UID : host-1 , SITES : 2",
            "TASK_STATE : IDLE");

    bad("CREATE CONTEXT x WITH IP 127.0.0.1 1", "nothing listens there");
    bad("SWITCH CONTEXT none", "there is no context none");
    bad("GET CONTEXT ENV night NONE", "no variable NONE");
    bad("CREATE CONTRACT digits", "already");
    bad("GET CONTRACT STATUS none", "no contract none");
    bad("PERFDATA none", "none");
    bad("CREATE TASK FROM none.yaml", "no file none.yaml");
    bad("CREATE TASK PULL_IMAGE by-hand alice ROOTTASK i", "it is final");
    bad("CREATE TASK PULL_IMAGE other alice none i", "none");
    bad("APPEND TASK BODY by-hand 1 x", "by-hand");
    bad("DELETE TASK by-hand", "by-hand");
    bad("GET TASK INFO none", "there is no task none");
    bad("CREATE TASKRUNNER spare", "already");
    bad("ASSIGN TASK none TO spare WITH 1 PEERS", "there is no task none");
    bad("ASSIGN TASK by-hand TO none WITH 1 PEERS", "there is no taskrunner none");
    bad("ASSIGN TASK by-hand TO spare TARGET none", "there is no agent none");
    bad("ASSIGN TASK by-hand TO spare WITH ALL PEERS", "heard lately");
    bad("GET TASKRUNNER PEER STATUS spare 0", "no peer 0");
    assertThat(shell("LIST TAKS").code()).isEqualTo(2);
  }

  @Test
  void aMemberWithoutTheRoleReadsOnly() {
    String carol = home.resolve("carol").toString();
    assertThat(good(swarm("swci", "--folder", carol, "-c", "LIST TASKS")).out())
        .contains("ROOTTASK");
    Ended refused = swarm("swci", "--folder", carol, "-c", "CREATE TASKRUNNER mine");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).contains("ERROR ");
  }

  @Test
  void aScriptInHpesStyleRuns() throws Exception {
    Path usr = Files.createDirectories(home.resolve("usr"));
    Files.writeString(
        usr.resolve("user_env_build_task.yaml"),
        """
        Name: user_env_build_task
        TaskType: MAKE_USER_CONTAINER
        Author: HPE-TEST
        Prereq: ROOTTASK
        Outcome: user-env-tf2.7.0-swop
        Body:
          BuildContext: sl-cli-lib
          BuildType: INLINE
          BuildSteps:
          - FROM python:3.11
          - ' '
          - RUN pip3 install keras
        """);
    Files.writeString(
        usr.resolve("swarm_mnist_task.yaml"),
        """
        Name: swarm_mnist_task
        TaskType: RUN_SWARM
        Author: HPE-TEST
        Prereq: user_env_build_task
        Outcome: swarm_mnist_task
        Body:
          Command: model/mnist_tf.py
          Entrypoint: python3
          WorkingDir: /tmp/test
          Envvars: ["DATA_DIR": app-data, "MODEL_DIR": model, "MIN_PEERS": 2]
          PrivateContent: /tmp/test/
          SharedContent:
          - Src: /opt/model
            Tgt: /tmp/test/model
            MType: BIND
        """);
    Path script =
        Files.writeString(
            home.resolve("swci-init"),
            """
            # Assumption: a swarm is running.
            EXIT ON FAILURE
            wait for ip sn1
            create context test-mnist with ip sn1
            switch context test-mnist
            EXIT ON FAILURE OFF

            cd /platform/swarm/usr
            create task from user_env_build_task.yaml
            finalize task user_env_build_task
            get task info user_env_build_task
            get task body user_env_build_task
            list tasks
            EXIT ON FAILURE
            RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe
            ASSIGN TASK user_env_build_task TO defaulttaskbb.taskdb.sml.hpe WITH 1 PEERS
            WAIT FOR TASKRUNNER defaulttaskbb.taskdb.sml.hpe
            EXIT ON FAILURE OFF
            RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe

            create task from swarm_mnist_task.yaml
            finalize task swarm_mnist_task
            get task info swarm_mnist_task
            ASSIGN TASK swarm_mnist_task TO defaulttaskbb.taskdb.sml.hpe WITH 2 PEERS
            WAIT FOR TASKRUNNER defaulttaskbb.taskdb.sml.hpe
            GET TASKRUNNER PEER STATUS defaulttaskbb.taskdb.sml.hpe 0
            LOGS defaulttaskbb.taskdb.sml.hpe
            # SLEEP 15
            SLEEP 1
            RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe
            LIST CONTRACTS
            RESET CONTRACT defaultbb.cqdb.sml.hpe
            EXIT
            """);
    Ended ended =
        good(
            swarm(
                "shell",
                "--folder",
                a(),
                "--script",
                script.toString(),
                "--usr-dir",
                usr.toString(),
                "--alias",
                "sn1=127.0.0.1:" + port));
    assertThat(ended.out())
        .contains(
            "CONTEXT CREATED : test-mnist",
            "Task Registered : user_env_build_task",
            "# host-1 : COMPLETE : COMPLETE at host-1",
            "# host-1 host-1-1 : COMPLETE",
            "TASK_STATE : COMPLETE",
            "NUMBER OF SLS : 2",
            "defaultbb.cqdb.sml.hpe",
            "CONTRACT RESET : defaultbb.cqdb.sml.hpe")
        .doesNotContain("ERROR ");
  }

  @Test
  void theServiceAnswersMembersThatAreAllowed() throws Exception {
    StringWriter printed = new StringWriter();
    Thread server =
        new Thread(
            () -> {
              var unused =
                  SwarmCommand.execute(
                      new PrintWriter(printed, true),
                      new PrintWriter(new StringWriter()),
                      "shell",
                      "--serve",
                      "--port",
                      "0",
                      "--allow",
                      "carol",
                      "--folder",
                      a());
            });
    server.start();
    try {
      await().atMost(DEADLINE).until(() -> printed.toString().contains("Ctrl-C stops it."));
      Matcher url = URL.matcher(printed.toString());
      assertThat(url.find()).isTrue();
      for (String allowed : List.of("a", "carol")) {
        HttpResponse<String> answer = exec(url.group(), tls(allowed), "LIST TASKS");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"CONTENT\":[").contains("ROOTTASK");
      }
      assertThat(exec(url.group(), tls("host-1"), "LIST TASKS").statusCode()).isEqualTo(403);
      SSLContext nobody =
          NewcomerTls.trusting(IdentityFolder.at(home.resolve("a/identity")).read().authorities());
      assertThat(exec(url.group(), nobody, "LIST TASKS").statusCode()).isEqualTo(401);
    } finally {
      server.interrupt();
      server.join(DEADLINE.toMillis());
    }
    assertThat(server.isAlive()).isFalse();
  }

  private static SSLContext tls(String member) {
    return ReloadingTls.of(home.resolve(member).resolve("identity")).context();
  }

  private static HttpResponse<String> exec(String url, SSLContext tls, String command)
      throws Exception {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        url + "/exec?cmd=" + URLEncoder.encode(command, StandardCharsets.UTF_8)))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
  }
}
