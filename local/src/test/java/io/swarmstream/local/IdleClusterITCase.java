package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleClusterITCase {
  @TempDir private Path folder;

  /** As when Kafka does not start beside it. */
  @Test
  void endsWithoutAJob() throws Exception {
    IdleCluster idle = IdleCluster.start(LocalSwarmOptions.defaults(), folder);
    assertThat(idle.flink().isRunning()).isTrue();

    idle.close();

    assertThat(idle.flink().isRunning()).isFalse();
  }

  /** The job has to end before its broker does, and Flink after the job. */
  @Test
  void isLeftToWhoeverRunsAJobOnIt() throws Exception {
    IdleCluster idle = IdleCluster.start(LocalSwarmOptions.defaults(), folder);
    try (MiniCluster flink = idle.flink()) {
      idle.hasJob();

      idle.close();

      assertThat(flink.isRunning()).isTrue();
    }
  }
}
