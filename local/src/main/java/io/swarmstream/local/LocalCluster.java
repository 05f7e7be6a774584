package io.swarmstream.local;

import io.swarmstream.jobs.PrivateFlink;
import io.swarmstream.jobs.SwarmJob;
import io.swarmstream.jobs.SwarmJobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** A Flink mini cluster that runs the main job. */
public final class LocalCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniCluster flink;
  private final SwarmJobOptions job;
  private final Path folder;
  private JobID jobId;

  private LocalCluster(MiniCluster flink, SwarmJobOptions job, Path folder, JobID jobId) {
    this.flink = flink;
    this.job = job;
    this.folder = folder;
    this.jobId = jobId;
  }

  static LocalCluster start(LocalSwarmOptions options, SwarmJobOptions job, Path folder)
      throws Exception {
    Configuration configuration =
        PrivateFlink.settings(Files.createDirectories(folder.resolve("flink")));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(6));
    MiniCluster flink =
        new PrivateFlink(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(options.taskManagers() + options.spareTaskManagers())
                .setNumSlotsPerTaskManager(options.slotsPerTaskManager())
                .build());
    flink.start();
    try {
      JobID id = submit(flink, job, options.parallelism(), folder, SavepointRestoreSettings.none());
      return new LocalCluster(flink, job, folder, id);
    } catch (Exception e) {
      flink.close();
      throw e;
    }
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

  /** What happens while the job is away. */
  @FunctionalInterface
  public interface Meanwhile {
    void run() throws Exception;
  }

  /** Stops the job with a savepoint and starts it again from there, as an upgrade does. */
  public void upgrade(int newParallelism) throws Exception {
    upgrade(newParallelism, () -> {});
  }

  /** The same, and something happens before it is started again. */
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

  /** Cancels the job first: a sink that closes after its broker waits for it a minute. */
  @Override
  public void close() throws Exception {
    try {
      if (!flink.getJobStatus(jobId).get().isGloballyTerminalState()) {
        flink.cancelJob(jobId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        flink.requestJobResult(jobId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the main job did not end within " + PATIENCE.toSeconds() + " s", e);
    } finally {
      flink.close();
    }
  }
}
