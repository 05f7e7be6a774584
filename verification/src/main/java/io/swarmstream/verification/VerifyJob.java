package io.swarmstream.verification;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.KafkaRecordLog;
import io.swarmstream.connectors.kafka.WireSource;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.TopicExtent;
import io.swarmstream.verification.inprocess.PrivateFlink;
import io.swarmstream.verification.replay.ReplayNews;
import io.swarmstream.verification.replay.ReplayPlan;
import io.swarmstream.verification.replay.ReplayTopology;
import io.swarmstream.verification.replay.SurveyedChunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The bounded jobs of a verification: defines where they run, and where their records come from.
 */
public final class VerifyJob {
  /** Where jobs run, and how their state is stored. */
  @FunctionalInterface
  public interface Place {
    /**
     * Creates a new environment.
     *
     * @param stateBytes upper bound of what may wait in state at a time
     */
    StreamExecutionEnvironment environment(long stateBytes);
  }

  private VerifyJob() {}

  /**
   * Runs jobs in this process, on {@code parallelism} threads.
   *
   * @param parallelism empty: one for each processor
   * @param temporary a folder for data that does not fit into memory
   */
  public static Place inThisProcess(OptionalInt parallelism, Path temporary) {
    return stateBytes -> {
      Configuration configuration = PrivateFlink.settings(temporary);
      configuration.addAll(configuration());
      // Deltas that fit into the heap are not written to disk and read back.
      boolean fits = stateBytes <= Runtime.getRuntime().maxMemory() / 4;
      configuration.set(StateBackendOptions.STATE_BACKEND, fits ? "hashmap" : "rocksdb");
      configuration.set(
          TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(fits ? 1 : 256));
      configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
      configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
      configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
      configuration.set(DeploymentOptions.ATTACHED, true);
      StreamExecutionEnvironment env =
          new StreamExecutionEnvironment(PrivateFlink.forEachJob(), configuration, null);
      env.setParallelism(parallelism.orElse(Runtime.getRuntime().availableProcessors()));
      return env;
    };
  }

  /** Runs jobs on the cluster to which {@code flink run} submits them. */
  public static Place onTheCluster() {
    return stateBytes -> {
      Configuration configuration = configuration();
      configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
      return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    };
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(10));
    // No retries: an unfinished job keeps no results, and the caller runs it again.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }

  static DataStream<SurveyedChunk> survey(
      StreamExecutionEnvironment env,
      KafkaEndpoint kafka,
      ContractTerms terms,
      int vectors,
      TopicExtent chunks) {
    return ReplayTopology.survey(terms, vectors, source(env, kafka, chunks));
  }

  static DataStream<ReplayNews> replay(
      StreamExecutionEnvironment env,
      KafkaEndpoint kafka,
      ReplayPlan plan,
      TopicExtent deltas,
      List<TopicExtent> published) {
    @Nullable DataStream<InboundRecord> bases = null;
    if (!plan.bases().isEmpty()) {
      for (TopicExtent topic : published) {
        DataStream<InboundRecord> chunks = source(env, kafka, topic);
        bases = bases == null ? chunks : bases.union(chunks);
      }
    }
    return ReplayTopology.build(
        plan,
        env.fromSequence(0, plan.cells() - 1).uid("numbers").name("chunks to replay"),
        source(env, kafka, deltas),
        bases,
        PayloadAccess.of(KafkaRecordLog.at(kafka)));
  }

  private static DataStream<InboundRecord> source(
      StreamExecutionEnvironment env, KafkaEndpoint kafka, TopicExtent extent) {
    return env.fromSource(
            WireSource.bounded(kafka, extent), WatermarkStrategy.noWatermarks(), extent.topic())
        .uid("source-" + extent.topic());
  }
}
