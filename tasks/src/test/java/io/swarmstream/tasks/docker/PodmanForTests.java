package io.swarmstream.tasks.docker;

import static org.junit.jupiter.api.Assumptions.abort;

import io.swarmstream.testkit.real.RealPodman;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The engine that tests use: Podman's service, and an image with Python. Where there is none, tests
 * are skipped and say so, or fail with {@code -Dswarm.podman.required}.
 */
final class PodmanForTests {
  /** The image that tests build upon. */
  static final String PYTHON = RealPodman.PYTHON;

  private PodmanForTests() {}

  /** The engine's socket; makes the image, too. */
  static Path socket() throws IOException {
    try {
      return RealPodman.socket();
    } catch (IllegalStateException e) {
      if (!RealPodman.isRequired()) {
        abort("there is no Podman for this test: " + e.getMessage());
      }
      throw e;
    }
  }
}
