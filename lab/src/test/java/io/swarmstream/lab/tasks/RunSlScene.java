package io.swarmstream.lab.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.lab.hpe.HpeHost;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.testkit.real.RealPodman;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A training that people start by run-sl at each host: one program in a container, the other one as
 * a process.
 */
final class RunSlScene {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final List<String> SITES = List.of("sl1", "sl2");

  private RunSlScene() {}

  /** Plays it with an engine if there is one. */
  static void play(HpeHost hpe, Optional<Path> engine) throws Exception {
    Path workspace = hpe.folder.resolve("by-hand");
    Path unused = Files.createDirectories(workspace.resolve("model"));
    try (InputStream program =
        Objects.requireNonNull(RunSlScene.class.getResourceAsStream("digits.py"))) {
      Files.write(workspace.resolve("model/train.py"), program.readAllBytes());
    }
    Files.writeString(workspace.resolve("swci-init"), "create contract digits-by-hand\nexit\n");
    String made =
        hpe.good(
            "run-swci",
            hpe.certificate("swci", 2),
            "--name=swci-2",
            "--usr-dir=by-hand",
            "--init-script-name=swci-init");
    assertThat(made).contains("digits-by-hand").doesNotContain("ERROR ");

    start(hpe, 1, engine);
    start(hpe, 2, Optional.empty());

    await("both programs end, or one fails")
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(exits(hpe))
                    .as(() -> said(hpe, "sl1") + said(hpe, "sl2"))
                    .satisfiesAnyOf(
                        ends -> assertThat(ends).hasSize(2),
                        ends -> assertThat(ends).anyMatch(end -> !end.equals("0"))));
    assertThat(exits(hpe)).as(said(hpe, "sl1") + said(hpe, "sl2")).containsExactly("0", "0");
    for (String name : SITES) {
      assertThat(hpe.log(name)).contains("round 3 loss", "final model");
    }
    assertThat(data(hpe, 1).resolve("model.safetensors"))
        .hasSameBinaryContentAs(data(hpe, 2).resolve("model.safetensors"));
    String logs = hpe.good("swarmLogCollector", List.of(), "--output", "logs.tar.gz");
    assertThat(logs).contains("files are in");
    HpeHost.Ended packed = hpe.run(List.of("tar", "-tzf", "logs.tar.gz"), Map.of());
    assertThat(packed.printed())
        .contains("nodes/sl1/log", "nodes/sl2/site.log", "nodes/sn1/")
        .doesNotContain("key", "token", "account");
  }

  private static Path data(HpeHost hpe, int site) {
    return hpe.folder.resolve("by-hand/data-" + site);
  }

  private static Path node(HpeHost hpe, String name) {
    return hpe.folder.resolve("state/nodes").resolve(name);
  }

  /** The exit codes of those programs that have ended. */
  private static List<String> exits(HpeHost hpe) throws IOException {
    List<String> ends = new ArrayList<>();
    for (String name : SITES) {
      Path exit = node(hpe, name).resolve("exit");
      if (Files.exists(exit) && Files.size(exit) > 0) {
        ends.add(Files.readString(exit).strip());
      }
    }
    return ends;
  }

  private static String said(HpeHost hpe, String name) {
    try {
      return "\n--- "
          + name
          + '\n'
          + hpe.log(name)
          + Files.readString(node(hpe, name).resolve("site.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void start(HpeHost hpe, int site, Optional<Path> engine) throws Exception {
    Files.createDirectories(data(hpe, site));
    Files.write(data(hpe, site).resolve("digits.csv"), AgentHost.digits(site));
    List<String> options =
        new ArrayList<>(
            List.of(
                "-d",
                "--rm",
                "--name=sl" + site,
                "--host-ip=127.0.0.1",
                "--sn-ip=sn1",
                "--sl-fs-port=" + FreePort.any(),
                "--ml-image=" + RealPodman.PYTHON,
                "--ml-name=ml" + site,
                "--ml-entrypoint=python3",
                "--ml-cmd=model/train.py",
                "--ml-w=/work",
                "--ml-v=" + hpe.folder.resolve("by-hand/model") + ":/work/model",
                "--ml-v=" + data(hpe, site) + ":/work/app-data",
                "--ml-e=DATA_DIR=/work/app-data",
                "--ml-e=CONTRACT=digits-by-hand",
                "--ml-e=MAX_EPOCHS=3",
                "--ml-e=MIN_PEERS=2",
                "--ml-network=none"));
    options.addAll(
        engine.isPresent()
            ? List.of("-e", "CONTAINER_HOST=unix://" + engine.get())
            : List.of("-e", "SWARM_HPE_MANAGER=process"));
    String said =
        hpe.good("run-sl", hpe.certificate("sl", site + 2), options.toArray(String[]::new));
    assertThat(said).contains("sl" + site + " runs in the background");
  }
}
