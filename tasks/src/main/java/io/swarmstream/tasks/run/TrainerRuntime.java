package io.swarmstream.tasks.run;

import java.util.List;

/**
 * What trainers run in: an image or an environment.
 *
 * @param name what it was asked for by
 * @param id that identifies its content: an image's id, or a hash of an environment's steps
 * @param digests of the image, as {@code repository@sha256:…}, where a registry gave it; a policy
 *     may name them
 */
public record TrainerRuntime(String name, String id, List<String> digests) {
  /** Copies the list. */
  public TrainerRuntime {
    digests = List.copyOf(digests);
  }
}
