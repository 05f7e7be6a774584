package io.swarmstream.operators.rig;

import io.swarmstream.operators.SwarmStreams;
import io.swarmstream.operators.SwarmTopology;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The production graph between stand-ins for its sources and sinks, joined to them as the job joins
 * it to Kafka and the chain.
 */
final class Wiring {
  /** Of all operators; few, since a snapshot goes through each key group of each state. */
  static final int MAX_PARALLELISM = 8;

  static final String DELTAS = "source-deltas";
  static final String SITES = "source-sites";
  static final String ROUNDS = "source-rounds";
  static final String CONTRACT_EVENTS = "source-contract-events";
  static final String LOG_SINK = "sink-log";
  static final String WRITER = "sink-rounds";
  static final String ANCHOR_SINK = "sink-anchors";

  /** A few kilobytes: what is merged comes partly from memory and partly from the log. */
  private static final double SOME_IN_MEMORY = 1e-6;

  /** Of a contribution. */
  static final Duration LIFETIME = Duration.ofHours(3);

  private static final Map<Integer, StreamGraph> GRAPHS = new ConcurrentHashMap<>();

  private Wiring() {}

  /** The graph with its operators at that parallelism, as Flink would be given it; only read it. */
  static StreamGraph at(int parallelism) {
    return GRAPHS.computeIfAbsent(parallelism, Wiring::build);
  }

  private static StreamGraph build(int parallelism) {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    env.setParallelism(parallelism);
    env.setMaxParallelism(MAX_PARALLELISM);
    InboundRecord any = new InboundRecord("t", 0, 0, 0, new byte[0]);
    SwarmStreams streams =
        SwarmTopology.build(
            source(env.fromData(any), DELTAS, parallelism),
            source(env.fromData(any), SITES, parallelism),
            source(env.fromData(any), ROUNDS, parallelism),
            source(env.fromData(ContractEvent.removed(0, 0, "c", "s")), CONTRACT_EVENTS, 1),
            new PayloadAccess(reader -> DurableLog.current(), SOME_IN_MEMORY),
            SwarmTopology.READ_BACK_PATIENCE,
            LIFETIME);
    streams
        .rejections()
        .map(value -> value, TypeInformation.of(OutboundRecord.class))
        .uid(LOG_SINK);
    streams
        .models()
        .union(streams.rounds())
        .map(value -> value, TypeInformation.of(OutboundRecord.class))
        .uid(WRITER);
    streams
        .anchors()
        .map(value -> value, TypeInformation.of(Anchor.class))
        .setParallelism(1)
        .uid(ANCHOR_SINK);
    return env.getStreamGraph();
  }

  private static <T> DataStream<T> source(DataStreamSource<T> source, String uid, int parallelism) {
    return source.setParallelism(parallelism).uid(uid);
  }
}
