package io.swarmstream.operators.rig;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * One run of the production graph, from its start or a checkpoint to a crash: every operator in its
 * subtasks, every edge in its channels, all in one thread.
 *
 * <p>Checkpoints are Flink's: aligned barriers on their way among the records, so one may be taken
 * at any moment. What the sinks write can be read once a checkpoint has completed.
 */
final class Cluster implements AutoCloseable {
  private final DurableLog log;
  private final Choices choices;
  private final StreamGraph graph;
  private final Map<String, List<Subtask>> operators = new LinkedHashMap<>();
  private final Map<String, List<SourceSubtask>> sources = new LinkedHashMap<>();
  private final Map<String, List<SinkSubtask>> sinks = new LinkedHashMap<>();
  private final List<WriterSubtask> writers = new ArrayList<>();
  private Checkpoint completed;
  private @Nullable Gathering gathering;
  private long lastId;

  Cluster(int parallelism, DurableLog log, Random random, Checkpoint from, long nowMs)
      throws Exception {
    this.log = log;
    log.makeCurrent();
    this.choices = new Choices(random);
    this.graph = Wiring.at(parallelism);
    this.completed = from;
    this.lastId = from.id() + 1_000; // above those that were under way at the crash
    Map<Integer, List<Outputs>> outputs = new HashMap<>();
    for (StreamNode node : graph.getStreamNodes()) {
      outputs.put(node.getId(), newOutputs(node));
    }
    wire(outputs);
    for (List<Subtask> subtasks : operators.values()) {
      for (Subtask subtask : subtasks) {
        subtask.begin(from.states().getOrDefault(subtask.uid(), List.of()), nowMs);
        choices.offer(subtask.tick(nowMs)); // timers that were due while nobody was there
      }
    }
    from.offsets().forEach((partition, offset) -> reader(partition).assign(partition, offset));
    log.partitions().forEach(this::more);
    sinks.forEach(
        (uid, subtasks) ->
            subtasks.get(0).restore(from.id(), from.pending().getOrDefault(uid, List.of())));
  }

  private List<Outputs> newOutputs(StreamNode node) throws Exception {
    String uid = node.getTransformationUID();
    List<Outputs> all = new ArrayList<>();
    for (int i = 0; i < node.getParallelism(); i++) {
      Outputs outputs = new Outputs();
      all.add(outputs);
      if (uid.startsWith("source-")) {
        subtasks(sources, uid).add(new SourceSubtask(log, outputs, choices, this::acknowledge));
      } else if (uid.equals(Wiring.WRITER)) {
        writers.add(
            new WriterSubtask(
                log.written::add,
                this::commit,
                choices,
                checkpoint -> acknowledge(uid, checkpoint, List.of())));
      } else if (uid.startsWith("sink-")) {
        Consumer<Object> visible = uid.equals(Wiring.LOG_SINK) ? this::commit : this::anchor;
        subtasks(sinks, uid)
            .add(
                new SinkSubtask(
                    uid.equals(Wiring.ANCHOR_SINK),
                    log.written::add,
                    visible,
                    choices,
                    (checkpoint, pending) -> acknowledge(uid, checkpoint, pending)));
      } else {
        int index = i;
        subtasks(operators, uid)
            .add(
                new Subtask(
                    node,
                    i,
                    outputs,
                    (checkpoint, state) -> {
                      if (isUnderWay(checkpoint)) {
                        Objects.requireNonNull(gathering).operator(uid, index, state);
                        completeWhenAllAreIn();
                      }
                    }));
      }
    }
    return all;
  }

  private static <T> List<T> subtasks(Map<String, List<T>> by, String uid) {
    return by.computeIfAbsent(uid, unused -> new ArrayList<>());
  }

  private void wire(Map<Integer, List<Outputs>> outputs) {
    for (StreamNode node : graph.getStreamNodes()) {
      for (StreamEdge edge : node.getOutEdges()) {
        List<? extends Receiver> receivers = receivers(edge);
        boolean forward = edge.getPartitioner() instanceof ForwardPartitioner;
        List<Outputs> from = Objects.requireNonNull(outputs.get(node.getId()));
        for (int i = 0; i < from.size(); i++) {
          List<? extends Receiver> reached = forward ? List.of(receivers.get(i)) : receivers;
          from.get(i)
              .add(
                  edge,
                  reached.stream()
                      .map(to -> new Channel(to, edge.getTypeNumber(), choices))
                      .toList());
        }
      }
    }
  }

  private List<? extends Receiver> receivers(StreamEdge edge) {
    String uid = graph.getStreamNode(edge.getTargetId()).getTransformationUID();
    if (uid.equals(Wiring.WRITER)) {
      return writers;
    }
    List<SinkSubtask> sink = sinks.get(uid);
    return sink == null ? Objects.requireNonNull(operators.get(uid), uid) : sink;
  }

  private SourceSubtask reader(TopicPartition partition) {
    String topic = partition.topic();
    String uid = "source-" + topic.substring(topic.lastIndexOf('.') + 1);
    List<SourceSubtask> subtasks = Objects.requireNonNull(sources.get(uid), uid);
    return subtasks.get(partition.owner(subtasks.size()));
  }

  /** A record was added to a partition. */
  void more(TopicPartition partition) {
    reader(partition).more(partition);
  }

  private void commit(Object record) {
    log.commit((OutboundRecord) record).ifPresent(this::more);
  }

  private void anchor(Object anchor) {
    log.anchor((Anchor) anchor);
  }

  /** Lets one thing happen that can; false when nothing can. */
  boolean step() throws Exception {
    return choices.step();
  }

  /** Time has gone on. */
  void tick(long nowMs) {
    operators.values().forEach(all -> all.forEach(one -> choices.offer(one.tick(nowMs))));
  }

  /** Starts a checkpoint unless one is under way. */
  void startCheckpoint() {
    if (gathering == null) {
      int count = count(operators) + count(sources) + count(sinks) + writers.size();
      gathering = new Gathering(++lastId, count);
      sources.values().forEach(all -> all.forEach(one -> one.trigger(lastId)));
    }
  }

  /** The checkpoint under way, if there is one, comes to nothing. */
  void declineCheckpoint() {
    gathering = null;
  }

  boolean isCheckpointing() {
    return gathering != null;
  }

  private static int count(Map<String, ? extends List<?>> subtasks) {
    return subtasks.values().stream().mapToInt(List::size).sum();
  }

  private boolean isUnderWay(long checkpoint) {
    return gathering != null && gathering.id == checkpoint;
  }

  private void acknowledge(long checkpoint, Map<TopicPartition, Integer> offsets) {
    if (isUnderWay(checkpoint)) {
      Objects.requireNonNull(gathering).source(offsets);
      completeWhenAllAreIn();
    }
  }

  private void acknowledge(String uid, long checkpoint, List<Transaction> pending) {
    if (isUnderWay(checkpoint)) {
      Objects.requireNonNull(gathering).sink(uid, pending);
      completeWhenAllAreIn();
    }
  }

  private void completeWhenAllAreIn() {
    Gathering all = Objects.requireNonNull(gathering);
    if (all.isComplete()) {
      completed = all.checkpoint();
      gathering = null;
      sinks.values().forEach(subtasks -> subtasks.forEach(sink -> sink.completed(all.id)));
      operators.values().forEach(subtasks -> subtasks.forEach(one -> completed(one, all.id)));
    }
  }

  private static void completed(Subtask subtask, long checkpoint) {
    try {
      subtask.notifyOfCompletedCheckpoint(checkpoint);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The newest completed checkpoint: what a crash goes back to. */
  Checkpoint completed() {
    return completed;
  }

  /** Makes all visible that was written, as if a checkpoint had been and gone. */
  void commitNow() {
    sinks.values().forEach(all -> all.forEach(SinkSubtask::commitNow));
    operators.values().forEach(all -> all.forEach(one -> one.seemSaved(++lastId)));
  }

  /** Keeps some of what is written on its way. */
  void hold(Predicate<Object> which) {
    writers.forEach(writer -> writer.hold(which));
  }

  /** What the writers have taken and not written, by subtask. */
  List<List<Object>> loseOnTheWay() {
    return writers.stream().map(WriterSubtask::lose).toList();
  }

  /** Something of an earlier run is still on its way to the log. */
  void arriveLate(List<Object> records) {
    Deque<Object> late = new ArrayDeque<>(records);
    choices.offer(
        new Choice() {
          @Override
          boolean possible() {
            return !late.isEmpty();
          }

          @Override
          void happen() {
            commit(late.remove());
          }
        });
  }

  /** Anchors do not go through Kafka, and are not lost with its transactions. */
  void loseUncommitted() {
    loseOnTheWay();
    sinks.forEach(
        (uid, all) ->
            all.forEach(
                uid.equals(Wiring.ANCHOR_SINK) ? SinkSubtask::commitNow : SinkSubtask::lose));
  }

  void setChainAway(boolean away) {
    subtasks(sinks, Wiring.ANCHOR_SINK).forEach(sink -> sink.setAway(away));
  }

  int stateEntries(String uid) {
    return operator(uid).stream().mapToInt(Subtask::stateEntries).sum();
  }

  Map<String, Map<String, List<Object>>> keyedStates() throws Exception {
    Map<String, Map<String, List<Object>>> byUid = new TreeMap<>();
    for (Map.Entry<String, List<Subtask>> entry : operators.entrySet()) {
      for (Subtask subtask : entry.getValue()) {
        for (Map.Entry<String, List<Object>> state : subtask.keyedStates().entrySet()) {
          byUid
              .computeIfAbsent(entry.getKey(), unused -> new TreeMap<>())
              .computeIfAbsent(state.getKey(), unused -> new ArrayList<>())
              .addAll(state.getValue());
        }
      }
    }
    return byUid;
  }

  int timers(String uid) {
    return operator(uid).stream().mapToInt(Subtask::numProcessingTimeTimers).sum();
  }

  private List<Subtask> operator(String uid) {
    return Objects.requireNonNull(operators.get(uid), uid);
  }

  @Override
  public void close() throws Exception {
    for (List<Subtask> subtasks : operators.values()) {
      for (Subtask subtask : subtasks) {
        subtask.close();
      }
    }
  }
}
