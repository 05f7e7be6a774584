package io.swarmstream.lab.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.lab.hpe.HpeHost;
import io.swarmstream.testkit.CommandLines;
import io.swarmstream.testkit.real.RealPodman;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A training in containers, by HPE's command lines, files and certificates alone: the agent is
 * started by run-swop, and the script by run-swci.
 */
final class ContainerScene {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String CONTRACT = "digits-in-containers";
  private static final String SCRIPT =
      """
      # builds the image, and trains in it
      EXIT ON FAILURE
      wait for ip sn1
      create context test-context with ip sn1
      switch context test-context
      create contract digits-in-containers
      create taskrunner containers.taskdb.sml.hpe
      cd /platform/swarm/usr
      create task from build.yaml
      finalize task user_env_build
      get task body user_env_build
      reset taskrunner containers.taskdb.sml.hpe
      assign task user_env_build to containers.taskdb.sml.hpe with 1 peers
      wait for taskrunner containers.taskdb.sml.hpe
      reset taskrunner containers.taskdb.sml.hpe
      create task from run.yaml
      finalize task digits_run
      assign task digits_run to containers.taskdb.sml.hpe with 2 peers
      wait for taskrunner containers.taskdb.sml.hpe
      get taskrunner status containers.taskdb.sml.hpe
      perfdata digits-in-containers
      reset taskrunner containers.taskdb.sml.hpe
      sleep 5
      exit
      """;

  private final HpeHost hpe;
  private final Path engine;
  private final Path usr;

  /** What a run that broke off has left in the engine, which outlives it. */
  private final List<String> before = new ArrayList<>();

  private ContainerScene(HpeHost hpe, Path engine) throws IOException {
    this.hpe = hpe;
    this.engine = engine;
    this.usr = Files.createDirectories(hpe.folder.resolve("usr"));
  }

  /** Plays it with an engine. */
  static void play(HpeHost hpe, Path engine) throws Exception {
    ContainerScene scene = new ContainerScene(hpe, engine);
    scene.before.addAll(scene.containers());
    scene.startAgent();
    scene.train();
    scene.lookAtWhatIsLeft();
    scene.peek();
    assertThat(hpe.good("stop-swarm", List.of(), "--swop", "--keep")).contains("stopped swop1");
  }

  private Path data(int site) {
    return hpe.folder.resolve("data-" + site);
  }

  /** HPE's profile of two sites; each has a certificate of its own. */
  private String profile() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            groupname  : demo
            taskrunner : containers.taskdb.sml.hpe
            policyuri  : ~
            resourcemgr :
                mgrtype    : DOCKER
                accessinfo :
                    accesstype : FROMENV
            network    : none
            apls   : { locator: { host: ~, port: ~ } }
            apisrv : { locator: { host: sn1, port: ~, service: ~ } }
            envvars :
                - http_proxy : ~
            nodes :
            """);
    for (int site = 0; site < 2; site++) {
      Files.createDirectories(data(site));
      Files.write(data(site).resolve("digits.csv"), AgentHost.digits(site));
      text.append("    - slnodedef :\n        idx : " + site + "\n        identity :\n");
      for (String[] each :
          List.of(
              new String[] {"KEY", "sl-" + (site + 1) + "-key.pem"},
              new String[] {"CERT", "sl-" + (site + 1) + "-cert.pem"},
              new String[] {"CAPATH", "ca/capath"})) {
        text.append(
            """
                        - attribute :
                            aType : %s
                            mType : BIND
                            src : "%s"
                            tgt : "/swarm-cert/%s"
                            subPath : null
            """
                .formatted(each[0], hpe.certificates(each[1]), each[0]));
      }
      text.append(
          """
                  slhostname  : sl%1$d
                  slhostip    : ~
                  slport      : ~
                  usrhostname : user%1$d
                  privatedata :
                      src : "%2$s"
                      mType : BIND
                  slenvvars : ~
                  usrenvvars : [NODE_ID : site-%1$d]
                  usrcontaineropts :
                      - gpus : ~
                      - shm-size : 64m
          """
              .formatted(site, data(site)));
    }
    return text.toString();
  }

  private void startAgent() throws Exception {
    Files.writeString(usr.resolve("swop1_profile.yaml"), profile());
    String said =
        hpe.good(
            "run-swop",
            hpe.certificate("swop", 2),
            "-d",
            "--rm",
            "--name=swop1",
            "--network=host-1-net",
            "--usr-dir=usr",
            "--profile-file-name=swop1_profile.yaml",
            "--sn-ip=sn1",
            "--docker-socket-file=" + engine,
            "--accept-author=swci-1",
            "-e",
            "http_proxy=",
            "--apls-ip=172.1.1.1");
    assertThat(said).contains("swop1 runs in the background");
    await("the agent serves")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(hpe.log("swop1"))
                    .contains("runs trainers as Podman", "swci-1", "there is no taskrunner"));
  }

  private void train() throws Exception {
    Path model = Files.createDirectories(usr.resolve("model"));
    try (InputStream program =
        Objects.requireNonNull(
            ContainerScene.class.getResourceAsStream("digits_in_container.py"))) {
      Files.write(model.resolve("train.py"), program.readAllBytes());
    }
    Files.writeString(
        usr.resolve("build.yaml"),
        """
        Name : user_env_build
        TaskType : MAKE_USER_CONTAINER
        Author : Demo
        Prereq : ROOTTASK
        Outcome : user-env-digits
        Body :
            BuildContext : sl-cli-lib
            BuildType : INLINE
            BuildSteps :
            - FROM %s
            - ' '
            - ENV GREETING=hello
            - RUN mkdir -p /tmp/hpe-swarmcli-pkg
            - COPY swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl
            - RUN pip3 install --no-deps --no-index /tmp/hpe-swarmcli-pkg/swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl
        """
            .formatted(RealPodman.PYTHON));
    Files.writeString(usr.resolve("run.yaml"), run("digits_run", model));
    Files.writeString(usr.resolve("swci-init"), SCRIPT);
    String said = runScript("swci-init");
    System.out.println(said);
    assertThat(said).doesNotContain("ERROR ").contains(CONTRACT, "swop1-0", "swop1-1");
    assertThat(said.split("TASK_STATE : COMPLETE", -1).length).isGreaterThan(2);
  }

  /** A task that mounts the engine's own files does not run, whoever wrote it. */
  private void peek() throws Exception {
    Files.writeString(
        usr.resolve("peek.yaml"), run("peek", engine.toRealPath().resolveSibling("storage")));
    Files.writeString(
        usr.resolve("swci-peek"),
        """
        cd /platform/swarm/usr
        create task from peek.yaml
        finalize task peek
        assign task peek to containers.taskdb.sml.hpe with 2 peers
        wait for taskrunner containers.taskdb.sml.hpe
        reset taskrunner containers.taskdb.sml.hpe
        exit
        """);
    assertThat(runScript("swci-peek")).contains("the agent's or the engine's own files are there");
  }

  private String runScript(String name) throws Exception {
    return hpe.good(
        "run-swci",
        hpe.certificate("swci", 1),
        "--rm",
        "--name=swci-1",
        "--usr-dir=usr",
        "--init-script-name=" + name,
        "--network=host-1-net");
  }

  private static String run(String name, Path shared) {
    return """
        Name : %1$s
        TaskType : RUN_SWARM
        Author : Demo
        Prereq : user_env_build
        Outcome : %1$s
        Body :
            Command : model/train.py
            Entrypoint : python3
            WorkingDir : /tmp/test
            Envvars : ["DATA_DIR": app-data, "MAX_EPOCHS": 3, "MIN_PEERS": 2, "CONTRACT": %2$s]
            PrivateContent : /tmp/test/app-data
            SharedContent :
            -   Src : "%3$s"
                Tgt : /tmp/test/model
                MType : BIND
        """
        .formatted(name, CONTRACT, shared);
  }

  private void lookAtWhatIsLeft() throws Exception {
    byte[] first = Files.readAllBytes(data(0).resolve("model.npz"));
    assertThat(first).hasSizeGreaterThan(2600);
    assertThat(data(1).resolve("model.npz")).hasBinaryContent(first);
    Path member = hpe.folder.resolve("state/members/swop1");
    for (int site = 0; site < 2; site++) {
      assertThat(
              hpe.swarm(
                  "agent", "logs", "--site", String.valueOf(site), "--folder", member.toString()))
          .contains("hello site-" + site, "of 2 sites", "final model", "accuracy above 0.8");
    }
    await("nothing runs")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(running(member)).as("%s", hpe.log("swop1")).isEmpty());
  }

  private List<String> containers() throws IOException {
    return RealPodman.remote(
            engine, "ps", "--all", "--filter", "name=demo-", "--format", "{{.Names}}")
        .lines()
        .toList();
  }

  /** Containers of this agent, also stopped ones, and nodes of its sites. */
  private List<String> running(Path member) throws IOException {
    List<String> all = new ArrayList<>(containers());
    all.removeAll(before);
    CommandLines.running("site start", member.toString())
        .forEach(found -> all.add(CommandLines.of(found)));
    return all;
  }
}
