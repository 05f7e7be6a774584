package io.swarmstream.lab.hpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as HPE's examples have them, and what the scripts start for them; here only noted. */
class HpeRunLinesTest {
  @TempDir private Path folder;
  private HpeHost host;
  private Path noted;

  @BeforeEach
  void begin() throws IOException {
    host = new HpeHost(folder.resolve("host"), "hospital-a");
    noted = folder.resolve("noted");
    program(
        "swarm",
        """
        echo "swarm $*${SWARM_TRIED:+ tried $SWARM_TRIED}" >>%s
        case "$1 $2" in
          'site join')
            while [ "$1" != --folder ]; do shift; done
            mkdir -p "$2" && echo joined >"$2/site.properties" ;;
          'site start') echo 'trainers: http://127.0.0.1:16000'; exec sleep 60 ;;
        esac
        """);
    program("podman", "echo \"podman $*\" >>%s\n");
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text.formatted(noted));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private HpeHost.Ended run(String script, List<String> more, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of("").toAbsolutePath().resolveSibling("deploy/hpe/bin").resolve(script).toString());
    command.addAll(more);
    command.addAll(List.of(options));
    HpeHost.Ended ended =
        host.run(
            command,
            Map.of(
                "SWARM_COMMAND",
                folder.resolve("bin/swarm").toString(),
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH")));
    assertThat(ended.status()).as("%s: %s", script, ended.printed()).isZero();
    return ended;
  }

  private String started() throws IOException {
    return Files.readString(noted);
  }

  @Test
  void aNetworkNodeBehindAProxyIsAnnouncedAsTheProxyIs() throws Exception {
    run(
        "run-sn",
        host.certificate("sn1"),
        "-it",
        "--rm=false",
        "--detach=false",
        "--env=SWARM_TRIED=true",
        "--label",
        "type=sn",
        "--name=sn1",
        "--hostname=sn1.example",
        "--dns=10.1.1.1",
        "--sn-api-service=api.one.example",
        "--sn-p2p-service=p2p.one.example:31303",
        "-p",
        "31304:30304",
        "--sentinel",
        "--apls-ip=10.1.1.2",
        "-e",
        "no_proxy=");
    assertThat(started())
        .contains("--host api.one.example --port 443 --p2p-port 31303 --listen 0.0.0.0:31304")
        .contains("--sentinel", "tried true");

    run(
        "run-sn",
        host.certificate("sn2"),
        "--name=sn2",
        "--host-ip=10.1.1.3",
        "--sentinel-api-service=api.one.example",
        "--sn-api-port=30404");
    assertThat(started())
        .contains("--host 10.1.1.3 --port 30404")
        .contains("--network-node api.one.example:443");
  }

  @Test
  void anAgentFindsTheNetworkNodeInItsProfile() throws Exception {
    Path usr = Files.createDirectories(host.folder.resolve("usr"));
    Files.writeString(
        usr.resolve("direct.yaml"),
        """
        groupname : mine
        apisrv :
            locator :
                # of host 1
                host : "10.1.1.3"   # its address
                port : 30404
        nodes : []
        """);
    Files.writeString(
        usr.resolve("proxy.yaml"),
        """
        apisrv: { }
        nodes: []
        """);
    run(
        "run-swop",
        host.certificate("swop1"),
        "--rm",
        "--name=swop1",
        "--network=net-1",
        "--usr-dir=usr",
        "--profile-file-name=direct.yaml",
        "-e",
        "SWOP_KEEP_CONTAINERS=1",
        "-e",
        "https_proxy=",
        "--apls-ip=10.1.1.2");
    assertThat(started()).contains("site join --network-node 10.1.1.3:30404 --name swop1");

    run(
        "run-swop",
        host.certificate("swop2"),
        "--name=swop2",
        "--usr-dir=usr",
        "--profile-file-name=proxy.yaml",
        "--sn-api-service=api.one.example");
    assertThat(started()).contains("site join --network-node api.one.example:443 --name swop2");

    Files.writeString(
        usr.resolve("flow.yaml"),
        """
        apls : { locator : { host : 10.1.1.2, port : 5814 } }
        apisrv : {
          locator : { host: sn1, port : '30405', service : ~ } } # on one line
        nodes : []
        """);
    run(
        "run-swop",
        host.certificate("swop3"),
        "--name=swop3",
        "--usr-dir=usr",
        "--profile-file-name=flow.yaml");
    assertThat(started()).contains("site join --network-node sn1:30405 --name swop3");
  }

  @Test
  void theShellFindsTheNetworkNodeInItsScript() throws Exception {
    Path usr = Files.createDirectories(host.folder.resolve("usr"));
    for (Map.Entry<String, String> line :
        Map.of(
                "create context c 10.1.1.3", "10.1.1.3:30304",
                "CREATE CONTEXT c with ip sn7 30404", "sn7:30404",
                "create context c with service api.one.example", "api.one.example:443",
                "create context c with service api.two.example:8443", "api.two.example:8443")
            .entrySet()) {
      Files.writeString(usr.resolve("swci-init"), "EXIT ON FAILURE\n" + line.getKey() + "\n");
      Files.deleteIfExists(host.folder.resolve("state/members/swci-1/site.properties"));
      run(
          "run-swci",
          host.certificate("swci-1"),
          "-ti",
          "--rm=false",
          "--name=swci-1",
          "--usr-dir=usr",
          "--init-script-name=swci-init");
      assertThat(started()).contains("site join --network-node " + line.getValue() + " ");
    }
  }

  @Test
  void aProgramFindsItsSiteWhereHpesClientLooks() throws Exception {
    Files.createDirectories(host.folder.resolve("workspace/model"));
    HpeHost.Ended ended =
        run(
            "run-sl",
            host.certificate("sl1"),
            "--name=sl1",
            "--host-ip=10.1.1.3",
            "--sn-ip=10.1.1.3",
            "--sn-api-port=30304",
            "--sl-fs-port=16000",
            "--volume=workspace/weights:/tmp/hpe-swarm",
            "--ml-it",
            "--ml-image=user-ml",
            "--ml-name=ml1",
            "--ml-w=/work",
            "--ml-entrypoint=python3",
            "--ml-cmd=model/train.py --cuda",
            "--ml-v=workspace/model:/work/model",
            "--ml-v",
            "models:/models:ro",
            "--ml-v=/elsewhere:/tmp/hpe-swarm",
            "--ml-e",
            "https_proxy=",
            "--ml-device=/dev/kfd",
            "--ml-group-add",
            "video",
            "--ml-privileged",
            "--ml-user=0:0",
            "--apls-ip=10.1.1.2");
    Path trainer = host.folder.resolve("state/members/sl1/trainer");
    assertThat(started())
        .contains("--pipes " + trainer + " --socket " + trainer.resolve("site.sock"))
        .contains("podman run --rm --name ml1 -v " + trainer + ":/tmp/hpe-swarm -w /work")
        .contains("-v " + host.folder + "/workspace/model:/work/model -v models:/models:ro")
        .contains("SL_REQUEST_CHANNEL=/tmp/hpe-swarm/SL_REQUEST_CHANNEL")
        .contains("SL_RESPONSE_CHANNEL=/tmp/hpe-swarm/SL_RESPONSE_CHANNEL")
        .contains("--device /dev/kfd --group-add video --privileged --user 0:0")
        .contains("user-ml model/train.py --cuda")
        .doesNotContain("/elsewhere");
    assertThat(ended.printed())
        .contains("--volume (a site shares weights with its program in a folder of its own)")
        .contains("--ml-v /elsewhere:/tmp/hpe-swarm");
  }

  @Test
  void logsAreCollectedWithAnExamplesFiles() throws Exception {
    Path example = Files.createDirectories(host.folder.resolve("workspace/digits/swci/taskdefs"));
    Files.writeString(example.resolve("run.yaml"), "Name: run\n");
    Files.createDirectories(host.folder.resolve("state/nodes/sn1"));
    Files.writeString(host.folder.resolve("state/nodes/sn1/log"), "started\n");
    assertThat(
            run(
                    "swarmLogCollector",
                    List.of(),
                    "registry.example/swarm-learning",
                    "workspace=workspace/digits",
                    "--output",
                    "logs.tar.gz")
                .printed())
        .contains("registry.example/swarm-learning means nothing here")
        .contains("2 files are in");
    assertThat(host.run(List.of("tar", "-tzf", "logs.tar.gz"), Map.of()).printed())
        .contains("nodes/sn1/log", "swci/taskdefs/run.yaml");
  }
}
