package io.swarmstream.tasks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A build.
 *
 * @param outcome name of the image or environment
 * @param steps lines of a Dockerfile
 * @param context volume whose content is the build context, made by MAKE_SWARM_USER_CONTENT; one
 *     that does not exist is an empty context
 * @param wheel file of our Python package; it is in the context under its own name and under the
 *     name that HPE's has
 * @param base image or environment that the prerequisite made; for steps without FROM
 * @param log file that gets what the build prints
 * @param limit how long the build may take
 */
public record BuildOrder(
    String outcome,
    List<String> steps,
    Optional<String> context,
    Optional<Path> wheel,
    Optional<String> base,
    Path log,
    Duration limit) {
  /** Name of the wheel of HPE Swarm Learning, which users' Dockerfiles copy. */
  public static final String HPE_WHEEL = "swarmlearning-client-py3-none-manylinux_2_24_x86_64.whl";

  /** Copies the list. */
  public BuildOrder {
    steps = List.copyOf(steps);
  }
}
