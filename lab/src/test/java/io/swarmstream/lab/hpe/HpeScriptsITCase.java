package io.swarmstream.lab.hpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.schemas.processes.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HPE's walk-through by its command lines: network node, command interface, a site of a partner.
 */
class HpeScriptsITCase {
  private static final Path PYTHON = Path.of("").toAbsolutePath().resolveSibling("python");

  @TempDir private Path folders;
  private HpeHost first;
  private HpeHost second;
  private int api;

  @BeforeEach
  void hosts() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    first = new HpeHost(folders.resolve("host-1"), "hospital-a");
    second = new HpeHost(folders.resolve("host-2"), "hospital-b");
    for (HpeHost host : List.of(first, second)) {
      host.accept(first);
      host.accept(second);
    }
    api = FreePort.any();
  }

  @AfterEach
  void stop() throws Exception {
    for (HpeHost host : Stream.of(second, first).filter(it -> it != null).toList()) {
      var unused = host.run("stop-swarm", List.of(), "--keep");
    }
  }

  @Test
  void saysWhatIsMissingAsHpeDoes() throws Exception {
    assertThat(first.run("run-sn", List.of()))
        .isEqualTo(new HpeHost.Ended(1, "mandatory parameter --host-ip not specified\n"));
    assertThat(first.run("run-sn", List.of(), "--host-ip=127.0.0.1"))
        .isEqualTo(new HpeHost.Ended(1, "either --sentinel or --sentinel-ip must be specified\n"));
    assertThat(first.run("stop-swarm", List.of(), "--sm"))
        .isEqualTo(new HpeHost.Ended(1, "Invalid flag: --sm\n"));
    assertThat(first.run("run-sl", List.of(), "--sn-ip=sn1").printed())
        .isEqualTo("mandatory parameter --host-ip not specified\n");
    assertThat(first.run("run-swci", List.of(), "--cert").printed())
        .contains("--cert needs a value");
    assertThat(first.run("run-sn", List.of(), "--cert=nowhere.pem").printed())
        .contains("--cert is nowhere.pem, which does not exist");
  }

  @Test
  void walksThrough() throws Exception {
    startNetworkNode();
    commandsOfAScript();
    partnerJoinsByItsCertificate();
    pythonDoesTheSame();
    stopsOnlyWhatItHasStarted();
  }

  private void startNetworkNode() throws Exception {
    String said =
        first.good(
            "run-sn",
            first.certificate("sn1"),
            "-d",
            "--rm",
            "--name=sn1",
            "--network=host-1-net",
            "--host-ip=127.0.0.1",
            "--sentinel",
            "--sn-api-port=" + api,
            "--sn-p2p-port=" + FreePort.any(),
            "--apls-ip=172.1.1.1");
    assertThat(said)
        .contains("--apls-ip (no licence server is needed)")
        .contains("sn1 runs in the background");
    await("the network node serves")
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(first.log("sn1"))
                    .contains("Network node of sn1")
                    .contains(
                        "Admits any certificate of a registered authority as agent, network, observer, owner, site")
                    .contains("organisation hospital-b"));
    assertThat(first.run("run-sn", List.of(), "--name=sn1", "--host-ip=127.0.0.1", "--sentinel"))
        .extracting(HpeHost.Ended::printed)
        .asString()
        .contains("sn1 is running already");
  }

  private void commandsOfAScript() throws Exception {
    Path usr = Files.createDirectories(first.folder.resolve("usr"));
    Files.writeString(
        usr.resolve("swci-init"),
        """
        # as HPE's examples begin
        EXIT ON FAILURE
        wait for ip sn1
        create context test-context with ip sn1
        switch context test-context
        EXIT ON FAILURE OFF
        cd /platform/swarm/usr
        ls
        create contract digits
        LIST CONTRACTS
        LIST TASKS
        LIST NODES
        EXIT
        """);
    String printed =
        first.good(
            "run-swci",
            first.certificate("swci-1"),
            "--rm",
            "--name=swci-1",
            "--usr-dir=" + usr,
            "--init-script-name=swci-init");
    assertThat(printed)
        .contains("swci-1 of sn1 is a member of the swarm")
        .contains("API Server is UP!")
        .contains("CONTEXT CREATED : test-context")
        .contains("DEFAULT CONTEXT SET TO : test-context")
        .contains("swci-init")
        .contains("digits")
        .contains("ROOTTASK")
        .contains("SENTINEL");
  }

  /**
   * Another host with another authority; it trains once an organisation has announced its Kafka.
   */
  private void partnerJoinsByItsCertificate() throws Exception {
    String said =
        second.good(
            "run-sl",
            second.certificate("sl1"),
            "-d",
            "--name=sl1",
            "--host-ip=127.0.0.1",
            "--sn-ip=127.0.0.1",
            "--sn-api-port=" + api,
            "--sl-fs-port=" + FreePort.any());
    assertThat(said).contains("sl1 runs in the background");
    await("the site is a member")
        .atMost(Duration.ofMinutes(2))
        .until(() -> second.log("sl1").contains("sl1 of hospital-b is a member of the swarm"));
  }

  private void pythonDoesTheSame() throws Exception {
    Optional<Path> python =
        Stream.of("venv", "venv-none")
            .map(name -> PYTHON.resolve("target").resolve(name).resolve("bin/python"))
            .filter(Files::isExecutable)
            .findFirst();
    if (python.isEmpty()) {
      System.out.println("no virtual environment of python/check.py: Swci is not tried");
      return;
    }
    int web = FreePort.any();
    List<String> own = first.certificate("swci-2");
    var unused =
        first.good(
            "run-swci",
            own,
            "-d",
            "--name=swci-2",
            "--usr-dir=" + first.folder.resolve("usr"),
            "-e",
            "SWCI_MODE=WEB",
            "-e",
            "SWCI_WEB_PORT=" + web);
    await("the command interface serves")
        .atMost(Duration.ofMinutes(2))
        .until(() -> first.log("swci-2").contains(Integer.toString(web)));
    Path member = first.folder.resolve("state/members/swci-2/identity");
    Path program = first.folder.resolve("swci.py");
    Files.writeString(
        program,
        """
        import swarmlearning.swci as sw
        import swarmstream
        folder = "%s/"
        s = sw.Swci("127.0.0.1", %d, folder + "cert.pem", folder + "key.pem", folder + "ca.pem")
        print(s.listTrainingContracts())
        print(s.createTaskRunner("second-runner"), s.getErrors())
        print(s.isTaskDone("second-runner"))
        with open("build.yaml", "w") as file:
            file.write('''Name : build
        TaskType : MAKE_USER_CONTAINER
        Author : me
        Prereq : ROOTTASK
        Outcome : user-image
        Body :
            BuildContext : ~
            BuildType : INLINE
            BuildSteps :
            - FROM scratch
        ''')
        print(s.registerTask("build.yaml"), s.getErrors())
        print(s.listNodes())
        network = swarmstream.Network(port=%d, folder=folder)
        print([task.name for task in network.tasks()], [each.name for each in network.taskrunners()])
        print(network.task("build").finalised, network.task_body("build"))
        try:
            network.task("nothing")
        except swarmstream.UnknownNameError as error:
            print("unknown:", error)
        """
            .formatted(member, web, web));
    HpeHost.Ended ended =
        first.run(
            List.of(python.get().toString(), program.toString()),
            Map.of("PYTHONPATH", PYTHON.resolve("src") + ":" + PYTHON.resolve("hpe/src")));
    assertThat(ended.status()).as("%s", ended.printed()).isZero();
    assertThat(ended.printed())
        .contains("digits")
        .contains("True")
        .contains("['Registered Task : build']")
        .contains("SENTINEL")
        .contains("'ROOTTASK', 'build'")
        .contains("'second-runner'")
        .contains("unknown: ");
  }

  private void stopsOnlyWhatItHasStarted() throws Exception {
    assertThat(first.good("swarmLogCollector", List.of(), "--output", "logs.tar.gz"))
        .contains("files are in");
    assertThat(first.folder.resolve("logs.tar.gz")).isNotEmptyFile();
    assertThat(second.good("stop-swarm", List.of(), "--sl")).contains("stopped sl1");
    assertThat(first.good("stop-swarm", List.of(), "--swci")).doesNotContain("sn1");
    assertThat(first.log("sn1")).doesNotContain("stopping");
    assertThat(first.good("stop-swarm", List.of())).contains("stopped sn1");
    assertThat(first.folder.resolve("state/nodes/sn1")).doesNotExist();
    // Who was a member stays one.
    assertThat(second.folder.resolve("state/members/sl1/site.properties")).exists();
  }
}
