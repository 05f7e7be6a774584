package io.swarmstream.jobs;

import io.swarmstream.clients.kafka.KafkaRecordLog;
import io.swarmstream.connectors.chain.AnchorClient;
import io.swarmstream.connectors.chain.AnchorRounds;
import io.swarmstream.connectors.chain.ContractEventSource;
import io.swarmstream.connectors.kafka.WireSink;
import io.swarmstream.connectors.kafka.WireSource;
import io.swarmstream.operators.SwarmStreams;
import io.swarmstream.operators.SwarmTopology;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompressionType;

/** The main job: serves all training contracts of a chain over one Kafka. */
public final class SwarmJob {
  private static final long INLINE_BYTES = 128 << 10;

  private SwarmJob() {}

  /** The job's own settings; those of the cluster or the command line take precedence. */
  public static Configuration configuration(SwarmJobOptions options) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, options.id());
    // No value may fall back to Kryo, no operator to a generated uid: both would make a checkpoint
    // unreadable later.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // All records are immutable; copying payloads between chained operators would cost a pass over
    // each.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // There is no event time; without this, each source would emit watermarks five times a second.
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    // A round is a chain of small messages, which must not wait for a buffer to fill.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(RocksDBOptions.OPTIONS_FACTORY, SmallManifests.class.getName());
    // Hashes and offsets do not compress.
    configuration.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // A checkpoint consists of about sixty small files and a few large ones; creating and deleting
    // the small ones would cost more than writing their contents.
    configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, new MemorySize(INLINE_BYTES));
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL, options.intervals().checkpoint());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
    options
        .checkpointDirectory()
        .ifPresent(
            directory -> {
              configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
              configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
            });
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(200));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    return configuration;
  }

  /** Adds the job's graph to an environment. */
  public static void assemble(StreamExecutionEnvironment env, SwarmJobOptions options) {
    DataStream<ContractEvent> contractEvents =
        env.fromSource(
                new ContractEventSource(options.chain()),
                WatermarkStrategy.noWatermarks(),
                "contract events")
            .setParallelism(1)
            .uid("contract-events")
            .filter(new OwnContracts(options.coordinatorKey()))
            .setParallelism(1)
            .uid("own-contracts")
            .name("contracts of this job's coordinator")
            .keyBy(ContractEvent::contract, TypeInformation.of(String.class))
            .process(
                new PrepareTopics(options.kafka(), options.topics()),
                TypeInformation.of(ContractEvent.class))
            .setParallelism(1)
            .uid("prepare-topics")
            .name("prepare topics of new contracts");
    SwarmStreams streams =
        SwarmTopology.build(
            source(env, options, Topic.DELTAS),
            source(env, options, Topic.SITES),
            source(env, options, Topic.ROUNDS)
                .filter(
                    new SignedRecords(
                        options.coordinatorKey(), FormerCoordinators.on(options.chain())))
                .uid("signed-rounds")
                .name("signed by this job's coordinator"),
            contractEvents,
            PayloadAccess.of(KafkaRecordLog.at(options.kafka())),
            SwarmTopology.READ_BACK_PATIENCE,
            // The other half is for the merge, and for periods when the job is down.
            options.topics().deltaRetention().dividedBy(2));
    DataStream<OutboundRecord> signed =
        streams
            .rounds()
            .union(streams.rejections())
            .map(
                new SignRecords(options.coordinatorKey()), TypeInformation.of(OutboundRecord.class))
            .uid("sign")
            .name("sign rounds and rejections")
            .transform(
                "ask for a checkpoint behind rounds and rejections",
                TypeInformation.of(OutboundRecord.class),
                new CheckpointOnWrite())
            .uid("checkpoint-on-write");
    // A plan decides a round, and all that follows from it is the same bytes, however often it is
    // written. What is told of a rejected record depends on when it was read.
    signed
        .filter(new OfTopic(Topic.REJECTIONS))
        .uid("rejections-only")
        .name("rejections")
        .sinkTo(WireSink.of(options.kafka(), options.id()).build())
        .uid("kafka")
        .name("rejections, with the checkpoint");
    streams
        .models()
        .union(signed.filter(new OfTopic(Topic.ROUNDS)).uid("rounds-only").name("rounds"))
        .sinkTo(WireSink.immediate(options.kafka()))
        .uid("kafka-immediate")
        .name("models and rounds, at once");
    streams
        .anchors()
        .process(
            new AnchorRounds(AnchorClient.on(options.chain(), options.coordinatorKey())),
            TypeInformation.of(Void.class))
        .setParallelism(1)
        .uid("anchor")
        .name("anchor rounds on the chain");
  }

  private static DataStream<InboundRecord> source(
      StreamExecutionEnvironment env, SwarmJobOptions options, Topic topic) {
    String name = topic.name().toLowerCase(Locale.ROOT);
    return env.fromSource(
            WireSource.of(options.kafka(), topic)
                .groupId(options.id())
                .discoveryInterval(options.intervals().discovery())
                .build(),
            WatermarkStrategy.noWatermarks(),
            name + " topics")
        .uid("source-" + name);
  }
}
