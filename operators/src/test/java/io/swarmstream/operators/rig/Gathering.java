package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** A checkpoint under way: what the subtasks have acknowledged so far. */
final class Gathering {
  final long id;
  private int outstanding;
  private final Map<String, Map<Integer, OperatorSubtaskState>> states = new HashMap<>();
  private final Map<TopicPartition, Integer> offsets = new HashMap<>();
  private final Map<String, List<Transaction>> pending = new HashMap<>();

  Gathering(long id, int outstanding) {
    this.id = id;
    this.outstanding = outstanding;
  }

  void operator(String uid, int subtask, OperatorSubtaskState state) {
    states.computeIfAbsent(uid, unused -> new TreeMap<>()).put(subtask, state);
    outstanding--;
  }

  void source(Map<TopicPartition, Integer> read) {
    offsets.putAll(read);
    outstanding--;
  }

  void sink(String uid, List<Transaction> transactions) {
    pending.computeIfAbsent(uid, unused -> new ArrayList<>()).addAll(transactions);
    outstanding--;
  }

  boolean isComplete() {
    return outstanding == 0;
  }

  Checkpoint checkpoint() {
    Map<String, List<OperatorSubtaskState>> byUid = new HashMap<>();
    states.forEach((uid, bySubtask) -> byUid.put(uid, List.copyOf(bySubtask.values())));
    return new Checkpoint(id, byUid, offsets, pending);
  }
}
