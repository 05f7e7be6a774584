package io.swarmstream.local;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * A Flink mini cluster without a job: it needs neither Kafka nor the chain, so it starts beside
 * them.
 */
final class IdleCluster implements AutoCloseable {
  private final LocalSwarmOptions options;
  private final Path folder;
  private final MiniCluster flink;

  /** Whether a {@link LocalCluster} closes it. */
  private volatile boolean taken;

  private IdleCluster(LocalSwarmOptions options, Path folder, MiniCluster flink) {
    this.options = options;
    this.folder = folder;
    this.flink = flink;
  }

  static IdleCluster start(LocalSwarmOptions options, Path folder) throws Exception {
    return new IdleCluster(options, folder, LocalCluster.startFlink(options, folder));
  }

  LocalSwarmOptions options() {
    return options;
  }

  Path folder() {
    return folder;
  }

  MiniCluster flink() {
    return flink;
  }

  /** A job runs on it from now on, and whoever started the job closes both. */
  void hasJob() {
    taken = true;
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    if (!taken) {
      LocalCluster.end(flink);
    }
  }
}
