package io.swarmstream.operators.rig;

import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * A completed checkpoint.
 *
 * @param states by uid: state of each subtask of an operator
 * @param offsets of each partition: what the sources read next
 * @param pending by uid: transactions of a sink that were not committed yet
 */
record Checkpoint(
    long id,
    Map<String, List<OperatorSubtaskState>> states,
    Map<TopicPartition, Integer> offsets,
    Map<String, List<Transaction>> pending) {
  static final Checkpoint NONE = new Checkpoint(0, Map.of(), Map.of(), Map.of());
}
