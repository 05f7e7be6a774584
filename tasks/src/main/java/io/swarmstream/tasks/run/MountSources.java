package io.swarmstream.tasks.run;

import java.io.IOException;
import java.nio.file.Path;

/** The last look at a mount's source before it is mounted. */
public final class MountSources {
  private MountSources() {}

  /**
   * Fails if a folder is not what the policy has seen: somebody may have put a link into its path
   * since then.
   */
  public static void check(TrainerMount mount) {
    Path source = Path.of(mount.source());
    try {
      if (!source.toRealPath().equals(source)) {
        throw new RunFailure(
            mount.source()
                + " leads to "
                + source.toRealPath()
                + "; it is mounted only by its real path");
      }
    } catch (IOException e) {
      throw new RunFailure(mount.source() + " cannot be mounted: " + e, e);
    }
  }
}
