package io.swarmstream.local;

import io.swarmstream.clients.network.PartDetail;
import io.swarmstream.jobs.SwarmJob;
import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.local.processes.Checkpoints;
import io.swarmstream.verification.inprocess.PrivateFlink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink mini cluster that runs the main job. */
public final class LocalCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final LocalSwarmOptions options;
  private final Path folder;
  private SwarmJobOptions job;
  private volatile MiniCluster flink;
  private volatile JobID jobId;

  private LocalCluster(
      LocalSwarmOptions options, SwarmJobOptions job, Path folder, MiniCluster flink, JobID jobId) {
    this.options = options;
    this.job = job;
    this.folder = folder;
    this.flink = flink;
    this.jobId = jobId;
  }

  static LocalCluster start(LocalSwarmOptions options, SwarmJobOptions job, Path folder)
      throws Exception {
    try (IdleCluster idle = IdleCluster.start(options, folder)) {
      return start(idle, job);
    }
  }

  /** Starts the job on a cluster; from then on, closing this closes both. */
  static LocalCluster start(IdleCluster idle, SwarmJobOptions job) throws Exception {
    LocalSwarmOptions options = idle.options();
    JobID id =
        submit(
            idle.flink(),
            job,
            options.parallelism(),
            idle.folder(),
            SavepointRestoreSettings.none());
    idle.hasJob();
    return new LocalCluster(options, job, idle.folder(), idle.flink(), id);
  }

  static MiniCluster startFlink(LocalSwarmOptions options, Path folder) throws Exception {
    Configuration configuration =
        PrivateFlink.settings(Files.createDirectories(folder.resolve("flink")));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(2_500));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(6));
    MiniCluster flink =
        new PrivateFlink(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(options.taskManagers() + options.spareTaskManagers())
                .setNumSlotsPerTaskManager(options.slotsPerTaskManager())
                .build());
    flink.start();
    return flink;
  }

  private static JobID submit(
      MiniCluster flink,
      SwarmJobOptions job,
      int parallelism,
      Path folder,
      SavepointRestoreSettings restore)
      throws Exception {
    Configuration configuration = SwarmJob.configuration(job);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    SwarmJob.assemble(env, job);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(restore);
    JobID id = flink.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getJobID();
    awaitRunning(flink, id);
    return id;
  }

  private static void awaitRunning(MiniCluster flink, JobID id) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JobStatus status = flink.getJobStatus(id).get();
    while (status != JobStatus.RUNNING) {
      if (status.isGloballyTerminalState() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "the main job is " + status + " and not running; the log says why");
      }
      Thread.sleep(20);
      status = flink.getJobStatus(id).get();
    }
  }

  /** The mini cluster, for tests that break parts of it. */
  public MiniCluster flink() {
    return flink;
  }

  public JobID jobId() {
    return jobId;
  }

  /** An action that runs while the job is stopped. */
  @FunctionalInterface
  public interface Meanwhile {
    void run() throws Exception;
  }

  /** Stops the job with a savepoint and restarts it from there, as an upgrade does. */
  public void upgrade(int newParallelism) throws Exception {
    upgrade(newParallelism, () -> {});
  }

  /** Upgrades like {@link #upgrade(int)}, and runs an action before the restart. */
  public void upgrade(int newParallelism, Meanwhile meanwhile) throws Exception {
    String savepoint =
        flink
            .stopWithSavepoint(
                jobId,
                folder.resolve("savepoints").toUri().toString(),
                false,
                SavepointFormatType.CANONICAL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    meanwhile.run();
    jobId = submit(flink, job, newParallelism, folder, SavepointRestoreSettings.forPath(savepoint));
  }

  /** Upgrades to a job of other options, such as another coordinator's key. */
  void handOver(SwarmJobOptions next, Meanwhile meanwhile) throws Exception {
    upgrade(
        options.parallelism(),
        () -> {
          meanwhile.run();
          job = next;
        });
  }

  /** What Flink says of the job at once. */
  List<PartDetail> details() {
    String status;
    try {
      status = flink.getJobStatus(jobId).get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS).name();
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      status = "unknown: Flink does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = "unknown";
    }
    return List.of(
        new PartDetail("Flink's state", status),
        new PartDetail("parallelism", Integer.toString(options.parallelism())));
  }

  /** What is wrong with the job; empty when it runs. */
  Optional<Watched.Trouble> trouble() throws InterruptedException {
    if (!flink.isRunning()) {
      return Optional.of(Watched.Trouble.certain("Flink has ended"));
    }
    JobStatus status;
    try {
      status = flink.getJobStatus(jobId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of(Watched.Trouble.certain("Flink does not know it any more: " + e));
    }
    if (status == JobStatus.RUNNING) {
      return Optional.empty();
    }
    // Flink restarts a job by itself; it needs help only if the restart never ends.
    Duration patience = status.isGloballyTerminalState() ? Duration.ZERO : PATIENCE;
    return Optional.of(new Watched.Trouble("it is " + status, patience));
  }

  /** Restarts Flink, and the job from its newest checkpoint. */
  void restart() throws Exception {
    // The old cluster may fail to close; the new one has another working folder.
    try {
      end(flink);
    } catch (ExecutionException e) {
      LOG.warn("Flink did not close cleanly", e);
    }
    MiniCluster next = startFlink(options, folder);
    try {
      jobId =
          submit(
              next,
              job,
              options.parallelism(),
              folder,
              Checkpoints.newest(folder.resolve("checkpoints"))
                  .map(SavepointRestoreSettings::forPath)
                  .orElseGet(SavepointRestoreSettings::none));
    } catch (Exception e) {
      end(next);
      throw e;
    }
    flink = next;
  }

  /**
   * Cancels the job first, because a sink that closes after its broker waits a minute for it. If
   * the job does not end, Flink may not end either; it then remains until the process ends.
   */
  @Override
  public void close() throws Exception {
    try {
      if (!flink
          .getJobStatus(jobId)
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .isGloballyTerminalState()) {
        flink.cancelJob(jobId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        flink.requestJobResult(jobId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the main job did not end within " + PATIENCE.toSeconds() + " s", e);
    } finally {
      end(flink);
    }
  }

  static void end(MiniCluster flink) throws InterruptedException, ExecutionException {
    try {
      flink.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Flink did not end within {} s; it is left as it is", PATIENCE.toSeconds());
    }
  }
}
