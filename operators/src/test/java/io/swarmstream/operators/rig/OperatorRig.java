package io.swarmstream.operators.rig;

import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.jspecify.annotations.Nullable;

/** One operator of the production graph alone, in one subtask. */
public final class OperatorRig implements AutoCloseable {
  private final Subtask subtask;
  private final Choices choices = new Choices(new Random(0));
  private final List<Object> emitted = new ArrayList<>();

  /**
   * Opens the operator.
   *
   * @param state file with the state to begin with; null: it begins without
   */
  public OperatorRig(String uid, @Nullable Path state, long nowMs) throws Exception {
    StreamGraph graph = Wiring.at(1);
    StreamNode node =
        graph.getStreamNodes().stream()
            .filter(one -> uid.equals(one.getTransformationUID()))
            .findFirst()
            .orElseThrow();
    Outputs outputs = new Outputs();
    for (StreamEdge edge : node.getOutEdges()) {
      outputs.add(edge, List.of(new Channel(new Sink(), 1, choices)));
    }
    subtask = new Subtask(node, 0, outputs, (checkpoint, taken) -> {});
    subtask.begin(
        state == null ? List.of() : StateFile.read(state).getOrDefault(uid, List.of()), nowMs);
  }

  /** What operators opened from now on in this thread read and find. */
  public static void use(List<InboundRecord> inbound, List<OutboundRecord> committed) {
    DurableLog log = new DurableLog();
    inbound.forEach(
        record -> log.records(new TopicPartition(record.topic(), record.partition())).add(record));
    log.committed.addAll(committed);
    log.makeCurrent();
  }

  /** Has the operator process a signal. */
  public void send(int input, Object signal) throws Exception {
    subtask.accept(input, signal);
    while (choices.step()) {}
  }

  /** Takes out what it has emitted of that type. */
  public <T> List<T> take(Class<T> type) {
    List<T> taken = new ArrayList<>();
    for (Iterator<Object> all = emitted.iterator(); all.hasNext(); ) {
      Object one = all.next();
      if (type.isInstance(one)) {
        taken.add(type.cast(one));
        all.remove();
      }
    }
    return taken;
  }

  /** What its keyed states hold, of all keys, by their name. */
  public Map<String, List<Object>> keyedStates() throws ReflectiveOperationException {
    return subtask.keyedStates();
  }

  /** Writes the state of operators to a file. */
  public static void save(Path file, OperatorRig... rigs) throws Exception {
    Map<String, List<OperatorSubtaskState>> states = new TreeMap<>();
    for (OperatorRig rig : rigs) {
      states.put(rig.subtask.uid(), List.of(rig.subtask.snapshot(1, 1)));
    }
    StateFile.write(file, states);
  }

  @Override
  public void close() throws Exception {
    subtask.close();
  }

  /** An edge may lead on more than once; what it carries is noted once. */
  private final class Sink implements Receiver {
    @Override
    public void accept(int input, Object value) {
      if (emitted.stream().noneMatch(known -> known == value)) {
        emitted.add(value);
      }
    }

    @Override
    public Alignment alignment() {
      return new Alignment(checkpoint -> {});
    }
  }
}
