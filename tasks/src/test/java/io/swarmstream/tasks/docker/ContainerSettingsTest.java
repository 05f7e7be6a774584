package io.swarmstream.tasks.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import io.swarmstream.tasks.DraftOrder;
import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerSettingsTest {
  private static TrainerOrder order(ContainerOptions options, TrainerMount... mounts) {
    return DraftOrder.of("image", 1)
        .in("/tmp/test/in")
        .seeing(mounts)
        .dns("10.0.0.1")
        .asking(options)
        .within(RunLimits.USUAL.withMemory(1 << 30).withCpus(1.5))
        .order();
  }

  private static HostConfig settings(ContainerOptions options, TrainerMount... mounts) {
    return new ContainerSettings(order(options, mounts), name -> name.equals("model-1"))
        .hostConfig();
  }

  private static ContainerOptions options(
      @Nullable String gpus, List<String> capAdd, boolean isPrivileged) {
    return new ContainerOptions(
        Optional.ofNullable(gpus),
        List.of("/dev/kfd"),
        Optional.of("host"),
        Optional.of("8g"),
        List.of("video"),
        capAdd,
        List.of("seccomp=unconfined"),
        isPrivileged);
  }

  @Test
  void givesNothingThatIsNotAskedFor() {
    HostConfig config = settings(ContainerOptions.NONE);

    assertThat(config.getCapDrop()).containsExactly(Capability.ALL);
    assertThat(config.getCapAdd()).isEmpty();
    assertThat(config.getSecurityOpts()).containsExactly("no-new-privileges");
    assertThat(config.getPrivileged()).isFalse();
    assertThat(config.getNetworkMode()).isEqualTo("none");
    assertThat(config.getDns()).isNullOrEmpty();
    assertThat(config.getMemory()).isEqualTo(1 << 30);
    assertThat(config.getMemorySwap()).isEqualTo(1 << 30);
    assertThat(config.getNanoCPUs()).isEqualTo(1_500_000_000L);
    assertThat(config.getPidsLimit()).isEqualTo(4096);
  }

  @Test
  void passesOptionsForGpus() {
    HostConfig config = settings(options("device=3,5", List.of("SYS_PTRACE"), false));

    assertThat(config.getDeviceRequests())
        .singleElement()
        .satisfies(request -> assertThat(request.getDeviceIds()).containsExactly("3", "5"));
    assertThat(config.getDevices())
        .singleElement()
        .satisfies(device -> assertThat(device.getPathInContainer()).isEqualTo("/dev/kfd"));
    assertThat(config.getShmSize()).isEqualTo(8L << 30);
    assertThat(config.getIpcMode()).isEqualTo("host");
    assertThat(config.getGroupAdd()).containsExactly("video");
    assertThat(config.getCapAdd()).containsExactly(Capability.SYS_PTRACE);
    assertThat(config.getSecurityOpts()).containsExactly("seccomp=unconfined", "no-new-privileges");
    assertThat(settings(options("all", List.of(), true)).getPrivileged()).isTrue();
    assertThatThrownBy(() -> settings(options("some", List.of(), false)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("gpus is 'some'");
    assertThatThrownBy(() -> settings(options(null, List.of("MAGIC"), false)))
        .hasMessageContaining("no capability MAGIC");
  }

  @Test
  void mountsASitesOwnVolumeWhereThereIsOne() {
    HostConfig config =
        settings(
            ContainerOptions.NONE,
            new TrainerMount(TrainerMount.Kind.VOLUME, "model", "/tmp/test/model", true),
            new TrainerMount(TrainerMount.Kind.VOLUME, "x", "/tmp/test", false));

    assertThat(config.getMounts()).extracting(Mount::getSource).containsExactly("x", "model-1");
    assertThat(config.getReadonlyRootfs()).isTrue();
    assertThat(settings(ContainerOptions.NONE).getReadonlyRootfs())
        .as("the working directory is in the image")
        .isFalse();
  }

  @Test
  void sharesTheSitesFolderWhereHpesClientLooks() {
    TrainerMount model = new TrainerMount(TrainerMount.Kind.VOLUME, "x", "/tmp/test", false);

    HostConfig config =
        new ContainerSettings(
                DraftOrder.of("image", 1).sharing(Path.of("/srv/site")).seeing(model).order(),
                name -> false)
            .hostConfig();

    assertThat(config.getMounts())
        .extracting(Mount::getTarget)
        .containsExactly("/tmp/test", "/tmp/hpe-swarm");
  }

  @Test
  void makesNamesOfImagesFromOutcomes() {
    assertThat(ImageName.of("user-env-tf2.7.0-swop")).isEqualTo("user-env-tf2.7.0-swop");
    assertThat(ImageName.of("registry.example.org:5000/team/x:1.0"))
        .isEqualTo("registry.example.org:5000/team/x:1.0");
    assertThat(ImageName.of("User Env")).matches("swarm-user/user-env-[0-9a-f]{8}");
    assertThat(ImageName.of("User Env")).isNotEqualTo(ImageName.of("user env"));
    assertThat(ImageName.repository("host:5000/x")).isEqualTo("host:5000/x");
    assertThat(ImageName.tag("host:5000/x")).isEqualTo("latest");
    assertThat(ImageName.tag("host:5000/x:2")).isEqualTo("2");
  }
}
