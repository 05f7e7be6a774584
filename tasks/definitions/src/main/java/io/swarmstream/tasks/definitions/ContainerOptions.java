package io.swarmstream.tasks.definitions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile asks an engine for on behalf of a trainer, mostly to reach GPUs. The names are
 * those of the options of {@code docker run}.
 *
 * @param gpus {@code all}, a number, or {@code device=…}
 * @param devices such as {@code /dev/kfd}, with {@code :inside:rwm} where that differs
 * @param ipc {@code host}, {@code private}, {@code shareable}
 * @param shmSize such as {@code 8g}
 */
public record ContainerOptions(
    Optional<String> gpus,
    List<String> devices,
    Optional<String> ipc,
    Optional<String> shmSize,
    List<String> groupAdd,
    List<String> capAdd,
    List<String> securityOpt,
    boolean isPrivileged) {
  /** No options. */
  public static final ContainerOptions NONE =
      new ContainerOptions(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          false);

  /** Copies the lists. */
  public ContainerOptions {
    devices = List.copyOf(devices);
    groupAdd = List.copyOf(groupAdd);
    capAdd = List.copyOf(capAdd);
    securityOpt = List.copyOf(securityOpt);
  }

  static ContainerOptions read(YamlValue value) {
    YamlFields fields =
        YamlFields.of(
            value,
            "gpus",
            "device",
            "ipc",
            "shm-size",
            "group-add",
            "cap-add",
            "security-opt",
            "privileged");
    ContainerOptions options =
        new ContainerOptions(
            fields.optionalText("gpus", "all, a number, or device=…"),
            texts(fields, "device"),
            fields.optionalText("ipc", "host, private or shareable"),
            fields.optionalText("shm-size", "a size, such as 8g"),
            texts(fields, "group-add"),
            texts(fields, "cap-add"),
            texts(fields, "security-opt"),
            fields.optional("privileged", YamlValue::truth).orElse(false));
    fields.warnAboutTheRest();
    return options;
  }

  private static List<String> texts(YamlFields fields, String name) {
    return fields
        .optional(name, value -> value.list().stream().map(e -> e.text("a text")).toList())
        .orElse(List.of());
  }

  /** What is asked for, by the option's name; for policies, which have to allow each. */
  public Map<String, List<String>> asked() {
    Map<String, List<String>> asked = new java.util.LinkedHashMap<>();
    put(asked, "gpus", gpus.stream().toList());
    put(asked, "device", devices);
    put(asked, "ipc", ipc.stream().toList());
    put(asked, "shm-size", shmSize.stream().toList());
    put(asked, "group-add", groupAdd);
    put(asked, "cap-add", capAdd);
    put(asked, "security-opt", securityOpt);
    put(asked, "privileged", isPrivileged ? List.of("true") : List.of());
    return asked;
  }

  private static void put(Map<String, List<String>> asked, String name, List<String> values) {
    if (!values.isEmpty()) {
      asked.put(name, new ArrayList<>(values));
    }
  }
}
