package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ulimit;
import io.swarmstream.tasks.definitions.Amounts;
import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.MountSources;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What a trainer's container may do and see, as engines are told it. */
final class ContainerSettings {
  /**
   * Where a container sees the folder with the pipes and the socket of its site: HPE's own client
   * looks for weights there, whatever its variables say.
   */
  static final String CHANNELS = "/tmp/hpe-swarm";

  /** Folders in memory, for programs whose root is read-only. */
  static final String TEMPORARY = "/swarm/tmp";

  static final String HOME = "/swarm/home";

  private static final double NANO = 1e9;
  private static final int LOG_FILES = 2;

  private final TrainerOrder order;
  private final Predicate<String> volumeExists;

  ContainerSettings(TrainerOrder order, Predicate<String> volumeExists) {
    this.order = order;
    this.volumeExists = volumeExists;
  }

  HostConfig hostConfig() {
    RunLimits limits = order.limits();
    ContainerOptions options = order.options();
    HostConfig config =
        HostConfig.newHostConfig()
            .withNetworkMode(order.network())
            .withMounts(mounts())
            .withReadonlyRootfs(hasReadOnlyRoot())
            .withTmpFs(Map.of(TEMPORARY, "rw,exec,mode=1777", HOME, "rw,exec,mode=1777"))
            .withPrivileged(options.isPrivileged())
            .withInit(false)
            .withUlimits(ulimits(limits))
            .withDevices(options.devices().stream().map(Device::parse).toList())
            .withGroupAdd(options.groupAdd());
    if (!options.isPrivileged()) {
      config.withCapDrop(Capability.ALL).withSecurityOpts(securityOptions(options));
      config.withCapAdd(
          options.capAdd().stream().map(ContainerSettings::capability).toArray(Capability[]::new));
    }
    if (limits.memoryBytes() > 0) {
      // Without swap: a trainer that needs more shall end, not slow the host down.
      config.withMemory(limits.memoryBytes()).withMemorySwap(limits.memoryBytes());
    }
    if (limits.cpus() > 0) {
      config.withNanoCPUs((long) (limits.cpus() * NANO));
    }
    if (limits.pids() > 0) {
      config.withPidsLimit((long) limits.pids());
    }
    if (limits.logBytes() > 0) {
      String size = limits.logBytes() / LOG_FILES + "b";
      config.withLogConfig(
          new LogConfig(
              LogConfig.LoggingType.JSON_FILE,
              Map.of("max-size", size, "max-file", String.valueOf(LOG_FILES))));
    }
    options.ipc().ifPresent(config::withIpcMode);
    options.shmSize().ifPresent(size -> config.withShmSize(Amounts.bytes(size)));
    options.gpus().ifPresent(gpus -> config.withDeviceRequests(List.of(gpus(gpus))));
    if (!order.dns().isEmpty() && !order.network().equals("none")) {
      config.withDns(order.dns());
    }
    return config;
  }

  /**
   * The root is read-only where the program works in a mounted folder that it may write to;
   * elsewhere its working directory is in the image.
   */
  boolean hasReadOnlyRoot() {
    return order.mounts().stream()
        .filter(mount -> !mount.isReadOnly())
        .anyMatch(
            mount ->
                order.workingDir().equals(mount.target())
                    || order.workingDir().startsWith(mount.target() + "/"));
  }

  private List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    order.mounts().stream()
        .sorted(java.util.Comparator.comparingInt(mount -> mount.target().length()))
        .map(this::mount)
        .forEach(mounts::add);
    order
        .channels()
        .ifPresent(
            channels ->
                mounts.add(
                    new Mount()
                        .withType(MountType.BIND)
                        .withSource(channels.folder().toAbsolutePath().toString())
                        .withTarget(CHANNELS)));
    return mounts;
  }

  private Mount mount(TrainerMount mount) {
    if (mount.kind() == TrainerMount.Kind.BIND) {
      MountSources.check(mount);
      return new Mount()
          .withType(MountType.BIND)
          .withSource(mount.source())
          .withTarget(mount.target())
          .withReadOnly(mount.isReadOnly());
    }
    String own = ContentOrder.volume(mount.source(), order.site());
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(volumeExists.test(own) ? own : mount.source())
        .withTarget(mount.target())
        .withReadOnly(mount.isReadOnly());
  }

  /** Explicit ones: the defaults of some engines are more than some machines allow. */
  private static List<Ulimit> ulimits(RunLimits limits) {
    List<Ulimit> ulimits = new ArrayList<>();
    ulimits.add(new Ulimit("core", 0L, 0L));
    if (limits.openFiles() > 0) {
      ulimits.add(new Ulimit("nofile", (long) limits.openFiles(), (long) limits.openFiles()));
    }
    if (limits.pids() > 0) {
      ulimits.add(new Ulimit("nproc", (long) limits.pids(), (long) limits.pids()));
    }
    if (limits.fileBytes() > 0) {
      ulimits.add(new Ulimit("fsize", limits.fileBytes(), limits.fileBytes()));
    }
    return ulimits;
  }

  private static List<String> securityOptions(ContainerOptions options) {
    List<String> all = new ArrayList<>(options.securityOpt());
    if (all.stream().noneMatch(option -> option.startsWith("no-new-privileges"))) {
      all.add("no-new-privileges");
    }
    return all;
  }

  private static Capability capability(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    try {
      return Capability.valueOf(plain);
    } catch (IllegalArgumentException e) {
      throw new RunFailure("cap-add: there is no capability " + name, e);
    }
  }

  private static DeviceRequest gpus(String text) {
    DeviceRequest request = new DeviceRequest().withCapabilities(List.of(List.of("gpu")));
    String plain = text.replace("\"", "").strip();
    if (plain.equals("all")) {
      return request.withCount(-1);
    }
    if (plain.matches("\\d+")) {
      return request.withCount(Integer.parseInt(plain));
    }
    if (plain.startsWith("device=")) {
      return request.withDeviceIds(Arrays.asList(plain.substring("device=".length()).split(",")));
    }
    throw new RunFailure("gpus is '" + text + "', expected all, a number, or device=…");
  }
}
