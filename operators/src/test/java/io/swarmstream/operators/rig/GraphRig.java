package io.swarmstream.operators.rig;

import io.swarmstream.operators.SwarmStreams;
import io.swarmstream.operators.SwarmTopology;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.InboundRecord;
import io.swarmstream.schemas.OutboundRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs the production graph, as {@link SwarmTopology} wires it, in one thread: each operator in
 * Flink's harness, each edge a queue.
 *
 * <p>A seed decides which edge delivers next, as the network would; time stands still until it is
 * told to go on. What the graph writes to a rounds topic is read back when {@link #commit} says
 * that a checkpoint has made it visible.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class GraphRig implements AutoCloseable {
  public final List<OutboundRecord> models = new ArrayList<>();
  public final List<OutboundRecord> rounds = new ArrayList<>();
  public final List<OutboundRecord> rejections = new ArrayList<>();
  public final List<Anchor> anchors = new ArrayList<>();

  private final Random random;
  private final Map<Integer, Node> nodes = new LinkedHashMap<>();
  private final Map<StreamEdge, Deque<Object>> edges = new LinkedHashMap<>();
  private final Map<String, StreamNode> byUid = new TreeMap<>();
  private final StreamGraph graph;
  private long nowMs = 1_000_000;
  private int visibleRounds;
  private long roundsOffset;

  public GraphRig(long seed) throws Exception {
    this(seed, Map.of(), 1_000_000, 0, 0);
  }

  private GraphRig(
      long seed,
      Map<String, OperatorSubtaskState> restored,
      long nowMs,
      int visibleRounds,
      long roundsOffset)
      throws Exception {
    this.random = new Random(seed);
    this.nowMs = nowMs;
    this.visibleRounds = visibleRounds;
    this.roundsOffset = roundsOffset;
    this.graph = productionGraph();
    for (StreamNode node : graph.getStreamNodes()) {
      byUid.put(Objects.requireNonNull(node.getTransformationUID(), node.getOperatorName()), node);
    }
    for (StreamNode node : graph.getStreamNodes()) {
      node.getOutEdges().forEach(edge -> edges.put(edge, new ArrayDeque<>()));
      String uid = node.getTransformationUID();
      if (!uid.startsWith("source-") && !uid.startsWith("out-")) {
        nodes.put(node.getId(), new Node(node, restored.get(uid), nowMs));
      }
    }
  }

  private static StreamGraph productionGraph() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    InboundRecord any = new InboundRecord("t", 0, 0, new byte[0]);
    SwarmStreams streams =
        SwarmTopology.build(
            env.fromData(any).uid("source-site-records"),
            env.fromData(any).uid("source-round-records"),
            env.fromData(ContractEvent.removed(0, 0, "c", "s")).uid("source-contract-events"));
    TypeInformation<OutboundRecord> outbound = TypeInformation.of(OutboundRecord.class);
    out(streams.models(), "out-models", outbound);
    out(streams.rounds(), "out-rounds", outbound);
    out(streams.rejections(), "out-rejections", outbound);
    out(streams.anchors(), "out-anchors", TypeInformation.of(Anchor.class));
    return env.getStreamGraph();
  }

  private static <T> void out(DataStream<T> stream, String uid, TypeInformation<T> type) {
    stream.map(value -> value, type).uid(uid);
  }

  /** Something arrives at the deltas or sites topic. */
  public void siteRecord(InboundRecord record) {
    send("source-site-records", record);
  }

  public void contractEvents(List<ContractEvent> events) {
    events.forEach(event -> send("source-contract-events", event));
  }

  /** Something stands in a rounds topic. */
  public void roundRecord(InboundRecord record) {
    send("source-round-records", record);
  }

  private void send(String source, Object value) {
    for (StreamEdge edge : Objects.requireNonNull(byUid.get(source)).getOutEdges()) {
      Objects.requireNonNull(edges.get(edge)).add(value);
    }
  }

  /** Delivers until nothing is on its way any more. */
  public void run() throws Exception {
    while (step()) {}
  }

  /** Delivers what is on the way on one edge, chosen at random; false when there is nothing. */
  public boolean step() throws Exception {
    List<StreamEdge> loaded =
        edges.keySet().stream().filter(edge -> !queue(edge).isEmpty()).toList();
    if (loaded.isEmpty()) {
      return false;
    }
    StreamEdge edge = loaded.get(random.nextInt(loaded.size()));
    Object value = queue(edge).remove();
    StreamNode target = graph.getStreamNode(edge.getTargetId());
    switch (target.getTransformationUID()) {
      case "out-models" -> models.add((OutboundRecord) value);
      case "out-rounds" -> rounds.add((OutboundRecord) value);
      case "out-rejections" -> rejections.add((OutboundRecord) value);
      case "out-anchors" -> anchors.add((Anchor) value);
      default -> {
        Node node = Objects.requireNonNull(nodes.get(target.getId()));
        node.accept(edge.getTypeNumber(), value);
        collect(node);
      }
    }
    return true;
  }

  /** A checkpoint completes: what was written to the rounds topics can be read. */
  public void commit() {
    for (; visibleRounds < rounds.size(); visibleRounds++) {
      OutboundRecord written = rounds.get(visibleRounds);
      roundRecord(new InboundRecord(written.topic(), 0, roundsOffset++, written.value()));
    }
  }

  /** The transaction is lost: what was written since the last commit is never to be read. */
  public void loseUncommitted() {
    rounds.subList(visibleRounds, rounds.size()).clear();
  }

  /** Runs, commits what came of it, and so on until all is still. */
  public void settle() throws Exception {
    do {
      run();
      commit();
    } while (step());
  }

  /** Lets processing time go by, timers fire, and all settle. */
  public void advance(long ms) throws Exception {
    nowMs += ms;
    for (Node node : nodes.values()) {
      node.harness.setProcessingTime(nowMs);
      collect(node);
    }
    settle();
  }

  private void collect(Node node) {
    List<Object> main = new ArrayList<>();
    for (Object element = node.harness.getOutput().poll();
        element != null;
        element = node.harness.getOutput().poll()) {
      if (element instanceof StreamRecord record) {
        main.add(record.getValue());
      }
    }
    Map<String, List<Object>> sides = new TreeMap<>();
    for (StreamEdge edge : node.node.getOutEdges()) {
      if (edge.getOutputTag() == null) {
        queue(edge).addAll(main);
        continue;
      }
      List<Object> side =
          sides.computeIfAbsent(
              edge.getOutputTag().getId(),
              id -> drain(node.harness.getSideOutput(edge.getOutputTag())));
      queue(edge).addAll(side);
    }
  }

  private static List<Object> drain(@Nullable Queue<?> records) {
    List<Object> values = new ArrayList<>();
    if (records != null) {
      for (Object record = records.poll(); record != null; record = records.poll()) {
        values.add(((StreamRecord<?>) record).getValue());
      }
    }
    return values;
  }

  private Deque<Object> queue(StreamEdge edge) {
    return Objects.requireNonNull(edges.get(edge));
  }

  /** Keyed state entries of an operator, over all keys and states. */
  public int stateEntries(String uid) {
    return node(uid).stateEntries();
  }

  public int timers(String uid) {
    return node(uid).harness.numProcessingTimeTimers();
  }

  private Node node(String uid) {
    return Objects.requireNonNull(nodes.get(Objects.requireNonNull(byUid.get(uid), uid).getId()));
  }

  public long nowMs() {
    return nowMs;
  }

  /**
   * Loses every process: a new graph starts from a checkpoint of this one. Only when nothing is on
   * its way, as after aligned barriers; what was written before stays written.
   */
  public GraphRig crashAndRestore(long seed) throws Exception {
    if (edges.values().stream().anyMatch(queue -> !queue.isEmpty())) {
      throw new IllegalStateException("records are on their way; run() first");
    }
    Map<String, OperatorSubtaskState> states = new TreeMap<>();
    for (Node node : nodes.values()) {
      states.put(node.node.getTransformationUID(), node.harness.snapshot(1, nowMs));
    }
    GraphRig next = new GraphRig(seed, states, nowMs, visibleRounds, roundsOffset);
    next.models.addAll(models);
    next.rounds.addAll(rounds);
    next.rejections.addAll(rejections);
    next.anchors.addAll(anchors);
    close();
    return next;
  }

  @Override
  public void close() throws Exception {
    for (Node node : nodes.values()) {
      node.harness.close();
    }
  }
}
