package io.swarmstream.tasks.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.policy.PolicyRequest.AskedMount;
import io.swarmstream.tasks.policy.PolicyVerdict.Decision;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPolicyTest {
  private static final PolicyRequest CAROLS = PolicyRequest.by(List.of("carol"));

  @TempDir private Path temp;
  private Path allowed;
  private Path secret;

  @BeforeEach
  void prepareFolders() throws IOException {
    temp = temp.toRealPath();
    allowed = Files.createDirectories(temp.resolve("allowed/inner"));
    secret = Files.createDirectories(temp.resolve("secret"));
    Files.writeString(secret.resolve("patients.csv"), "x");
  }

  private RunPolicy policy(String... lines) {
    return RunPolicy.of("policy.yaml", "authors: [carol]\n" + String.join("\n", lines));
  }

  private RunPolicy dataPolicy() {
    return policy("data: ['" + temp.resolve("allowed") + "']");
  }

  private static PolicyRequest mounting(String source) {
    TrainerMount mount = new TrainerMount(TrainerMount.Kind.BIND, source, "/tmp/test/data", false);
    return CAROLS.withMounts(List.of(new AskedMount(mount, false)));
  }

  @Test
  void asksWithoutAPolicyAndListsWhatIsAskedFor() {
    PolicyVerdict verdict = RunPolicy.asking().judge(mounting(allowed.toString()));

    assertThat(verdict.decision()).isEqualTo(Decision.ASK);
    assertThat(verdict.reason())
        .contains("each run of carol has to be approved", "the task mounts " + allowed);
    assertThat(verdict.mounts())
        .extracting(TrainerMount::source)
        .containsExactly(allowed.toString());
    assertThat(verdict.limits()).isEqualTo(RunLimits.USUAL);
  }

  @Test
  void allowsListedAuthorsOnly() {
    assertThat(policy().judge(CAROLS).decision()).isEqualTo(Decision.ALLOWED);

    PolicyVerdict mixed = policy().judge(PolicyRequest.by(List.of("carol", "mallory")));
    assertThat(mixed.decision()).isEqualTo(Decision.ASK);
    assertThat(mixed.reason()).isEqualTo("authors: mallory is not listed in policy.yaml");

    PolicyVerdict forbidden =
        policy("otherwise: forbid").judge(PolicyRequest.by(List.of("mallory")));
    assertThat(forbidden.decision()).isEqualTo(Decision.FORBIDDEN);
    assertThat(policy().judge(PolicyRequest.by(List.of())).decision()).isEqualTo(Decision.ASK);
  }

  @Test
  void anOwnersYesLiftsQuestionsButNoRules() {
    RunPolicy policy = policy("images: [python:3.11]");
    PolicyRequest mallorys = PolicyRequest.by(List.of("mallory"));
    PolicyRequest other = mallorys.withImages(List.of(List.of("evil:latest")));

    assertThat(policy.acceptingAll().judge(mallorys).decision()).isEqualTo(Decision.ALLOWED);
    assertThat(policy.accepting(Set.of("mallory")).judge(mallorys).decision())
        .isEqualTo(Decision.ALLOWED);
    assertThat(
            policy
                .accepting(Set.of("mallory"))
                .judge(PolicyRequest.by(List.of("mallory", "eve")))
                .decision())
        .isEqualTo(Decision.ASK);
    assertThat(policy.acceptingAll().judge(other).decision()).isEqualTo(Decision.FORBIDDEN);
    assertThat(policy("otherwise: forbid").acceptingAll().judge(mallorys).decision())
        .isEqualTo(Decision.FORBIDDEN);
  }

  @Test
  void comparesImagesByAnyOfTheirNames() {
    String digest = "sha256:" + "a".repeat(64);
    RunPolicy policy = policy("images: ['team/trainer@" + digest + "', 'python:3.*']");

    assertThat(
            policy
                .judge(
                    CAROLS.withImages(
                        List.of(
                            List.of("trainer", "team/trainer@" + digest), List.of("python:3.12"))))
                .decision())
        .isEqualTo(Decision.ALLOWED);
    PolicyVerdict verdict =
        policy.judge(CAROLS.withImages(List.of(List.of("team/trainer:latest", "xpython:3.1"))));
    assertThat(verdict.decision()).isEqualTo(Decision.FORBIDDEN);
    assertThat(verdict.reason())
        .isEqualTo("images: team/trainer:latest or xpython:3.1 is not listed in policy.yaml");
  }

  @Test
  void comparesCommandsNetworksOptionsAndDownloads() {
    RunPolicy policy =
        policy(
            "commands: ['python3 train.py*']",
            "network: [none]",
            "options: {gpus: [all], device: ['/dev/kfd']}",
            "downloads: ['https://files.example.org/*']",
            "volumes: ['model-*']");
    ContainerOptions gpus =
        new ContainerOptions(
            Optional.of("all"),
            List.of("/dev/kfd"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            false);
    ContainerOptions privileged =
        new ContainerOptions(
            Optional.empty(),
            List.of("/dev/mem"),
            Optional.of("host"),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            true);

    PolicyRequest good =
        CAROLS
            .withCommands(List.of("python3 train.py --cuda"))
            .withNetworks(List.of("none"))
            .withOptions(List.of(gpus))
            .withDownloads(List.of("https://files.example.org/a"))
            .withMounts(List.of(new AskedMount(volume("model-1"), false)));
    assertThat(policy.judge(good).reason()).isEmpty();
    assertThat(policy.judge(good.withCommands(List.of("sh -c 'python3 train.py'"))).reason())
        .startsWith("commands: 'sh -c");
    assertThat(policy.judge(good.withNetworks(List.of("host"))).reason())
        .isEqualTo("network: 'host' is not listed in policy.yaml");
    assertThat(policy.judge(good.withDownloads(List.of("file:///etc/passwd"))).reason())
        .contains("downloads: 'file:///etc/passwd'");
    assertThat(
            policy.judge(good.withMounts(List.of(new AskedMount(volume("other"), true)))).reason())
        .startsWith("volumes: other");
    assertThat(policy.judge(good.withOptions(List.of(gpus, privileged))).reasons())
        .containsExactly(
            "options.device: '/dev/mem' is not listed in policy.yaml",
            "options.ipc: 'host' is not listed in policy.yaml",
            "options.privileged: 'true' is not listed in policy.yaml");
  }

  private static TrainerMount volume(String name) {
    return new TrainerMount(TrainerMount.Kind.VOLUME, name, "/tmp/v", false);
  }

  @Test
  void mountsWhatIsBelowAListedFolder() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), allowed);

    assertThat(dataPolicy().judge(mounting(link.toString())).mounts())
        .as("the folder that the link leads to is mounted, not the link")
        .extracting(TrainerMount::source)
        .containsExactly(allowed.toString());
    assertThat(policy("data: ['" + link + ":ro']").judge(mounting(allowed.toString())).mounts())
        .extracting(TrainerMount::isReadOnly)
        .containsExactly(true);
  }

  @Test
  void refusesTricksWithPaths() throws IOException {
    Path inside = Files.createSymbolicLink(temp.resolve("allowed/inside"), secret);
    Path chain = Files.createSymbolicLink(temp.resolve("allowed/chain"), inside);
    Files.createDirectories(temp.resolve("allowed-too"));
    RunPolicy policy = dataPolicy().acceptingAll();

    for (String trick :
        List.of(
            secret.toString(),
            allowed + "/../../secret",
            allowed + "/./../../secret/.",
            inside.toString(),
            inside + "/patients.csv",
            chain.toString(),
            temp.resolve("allowed") + "-too",
            temp.toString(),
            temp + "//secret//",
            "allowed",
            "relative/../" + secret,
            allowed + "/missing",
            "/",
            "//",
            allowed + "/../../../../../../../../../../..")) {
      PolicyVerdict verdict = policy.judge(mounting(trick));

      assertThat(verdict.decision()).as(trick).isEqualTo(Decision.FORBIDDEN);
      assertThat(verdict.mounts()).as(trick).isEmpty();
      assertThat(verdict.reason()).as(trick).isNotEmpty();
    }
    assertThat(policy.judge(mounting(inside.toString())).reason())
        .isEqualTo(
            "data: "
                + inside
                + ", which is "
                + secret
                + ", is below no folder that policy.yaml lists");
  }

  @Test
  void neverMountsWhatRulesTheHostOrTheAgentsOwnFiles() throws IOException {
    Path engine = Files.createDirectories(temp.resolve("engine/storage"));
    Path socket = Files.createFile(temp.resolve("engine/engine.sock"));
    RunPolicy policy =
        RunPolicy.asking().acceptingAll().closing(List.of(secret)).closing(List.of(socket, engine));

    for (String source :
        List.of(
            "/",
            "/proc",
            "/proc/1",
            "/sys",
            "/dev",
            "/etc",
            "/etc/passwd",
            "/run",
            secret.toString(),
            secret + "/patients.csv",
            temp.toString(),
            socket.toString(),
            engine.toString())) {
      assertThat(policy.judge(mounting(source)).decision())
          .as(source)
          .isEqualTo(Decision.FORBIDDEN);
    }
    assertThat(policy.judge(mounting(allowed.toString())).decision()).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void filesOfTheHostAreDownloadedLikeMounted() {
    PolicyRequest request =
        CAROLS.withDownloads(List.of(secret.resolve("patients.csv").toUri().toString()));

    assertThat(policy().judge(request).reason()).contains("which no rule allows");
    assertThat(dataPolicy().judge(request).decision()).isEqualTo(Decision.FORBIDDEN);
    assertThat(policy().acceptingAll().closing(List.of(secret)).judge(request).reason())
        .contains("the agent's or the engine's own files are there");
    assertThat(policy().judge(CAROLS.withDownloads(List.of(" FILE:///etc/passwd"))).decision())
        .isEqualTo(Decision.FORBIDDEN);
  }

  @Test
  void theOwnersOwnDataNeedsNoRule() {
    TrainerMount mount =
        new TrainerMount(TrainerMount.Kind.BIND, allowed.toString(), "/tmp/test", false);

    assertThat(policy().judge(CAROLS.withMounts(List.of(new AskedMount(mount, true)))).decision())
        .isEqualTo(Decision.ALLOWED);
    assertThat(policy().judge(mounting(allowed.toString())).decision()).isEqualTo(Decision.ASK);
  }

  @Test
  void givesTheLimitsOfTheFile() {
    RunLimits limits =
        policy("limits: {memory: 8g, cpus: 1.5, pids: 64, time: 36h, log: 1m}").limits();

    assertThat(limits.memoryBytes()).isEqualTo(8L << 30);
    assertThat(limits.cpus()).isEqualTo(1.5);
    assertThat(limits.pids()).isEqualTo(64);
    assertThat(limits.time()).isEqualTo(Duration.ofHours(36));
    assertThat(limits.logBytes()).isEqualTo(1 << 20);
  }

  @Test
  void refusesAFileThatItDoesNotUnderstandInFull() {
    assertThatThrownBy(() -> policy("image: [x]"))
        .hasMessageContaining("policy.yaml:2:8: image is unknown, expected one of authors");
    assertThatThrownBy(() -> policy("data: [/]")).hasMessageContaining("an absolute path below /");
    assertThatThrownBy(() -> policy("data: [../x]")).hasMessageContaining("an absolute path");
    assertThatThrownBy(() -> policy("limits: {memory: lots}"))
        .hasMessageContaining("limits.memory is 'lots', expected a size, such as 8g");
    assertThatThrownBy(() -> RunPolicy.named(Optional.of("https://policy.example.org"), temp))
        .hasMessageContaining("expected a file of this host");
    assertThatThrownBy(() -> RunPolicy.named(Optional.of("missing.yaml"), temp))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void readsTheExample() {
    Path profile = Path.of("../deploy/examples/profiles");

    RunPolicy policy = RunPolicy.named(Optional.of("../policies/hospital.yaml"), profile);

    assertThat(policy.judge(CAROLS.withImages(List.of(List.of("python:3.11-slim")))).reason())
        .isEmpty();
    assertThat(policy.limits().time()).isEqualTo(Duration.ofHours(36));
  }
}
