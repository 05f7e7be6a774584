package io.swarmstream.tasks.run;

import io.swarmstream.tasks.definitions.ContainerOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer to start.
 *
 * @param runKey identifies the run among all of this host
 * @param group name of the profile's group
 * @param site index of the site in the profile
 * @param runtime name of the image or environment
 * @param command program and arguments: the entry point's words, then the command's
 * @param workingDir absolute path that the trainer sees
 * @param variables of the environment; the trainer has no others of this process
 * @param user {@code uid:gid} to run as; empty for the user of this process
 * @param network none, host, or the name of an engine's network
 * @param labels to put on a container beside ours
 * @param options of the profile; the policy has allowed them
 */
public record TrainerOrder(
    String runKey,
    String group,
    String task,
    int site,
    String runtime,
    List<String> command,
    String workingDir,
    Map<String, String> variables,
    List<TrainerMount> mounts,
    Optional<TrainerChannels> channels,
    Optional<String> user,
    String network,
    Optional<String> ip,
    Optional<String> hostName,
    List<String> dns,
    Map<String, String> labels,
    ContainerOptions options,
    RunLimits limits) {
  /** Copies the collections. */
  public TrainerOrder {
    command = List.copyOf(command);
    variables = Map.copyOf(variables);
    mounts = List.copyOf(mounts);
    dns = List.copyOf(dns);
    labels = Map.copyOf(labels);
  }
}
