package io.swarmstream.local.processes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A process of a cluster; in the order in which they are started. */
public enum Part {
  ZOOKEEPER,
  /** The network node, with the chain in it; of a secured cluster. */
  NETWORK,
  KAFKA,
  /** The development chain; of a cluster that is not secured. */
  CHAIN,
  JOBMANAGER_1,
  JOBMANAGER_2,
  TASKMANAGER_1,
  TASKMANAGER_2;

  /** The processes of a cluster. */
  static List<Part> of(boolean isSecured) {
    Part absent = isSecured ? CHAIN : NETWORK;
    return Arrays.stream(values()).filter(part -> part != absent).toList();
  }

  public static List<Part> jobManagers() {
    return List.of(JOBMANAGER_1, JOBMANAGER_2);
  }

  public static List<Part> taskManagers() {
    return List.of(TASKMANAGER_1, TASKMANAGER_2);
  }

  /** As files and people name it: {@code jobmanager-1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The part of this name.
   *
   * @throws IllegalArgumentException when there is none; lists those that there are
   */
  public static Part ofLabel(String label) {
    return Arrays.stream(values())
        .filter(part -> part.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no process '"
                        + label
                        + "' in the cluster; it has "
                        + Arrays.stream(values()).map(Part::label).toList()));
  }
}
