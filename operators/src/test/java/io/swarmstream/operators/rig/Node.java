package io.swarmstream.operators.rig;

import io.swarmstream.operators.messages.ChunkKey;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One operator of the graph in Flink's harness. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class Node {
  final StreamNode node;
  final AbstractStreamOperatorTestHarness<Object> harness;

  Node(StreamNode node, @Nullable OperatorSubtaskState restored, long nowMs) throws Exception {
    this.node = node;
    this.harness = harness(node);
    harness.getExecutionConfig().enableObjectReuse();
    harness.setProcessingTime(nowMs);
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  void accept(int input, Object value) throws Exception {
    StreamRecord<Object> record = new StreamRecord<>(value);
    if (harness instanceof OneInputStreamOperatorTestHarness one) {
      one.processElement(record);
    } else if (input == 1) {
      ((TwoInputStreamOperatorTestHarness) harness).processElement1(record);
    } else {
      ((TwoInputStreamOperatorTestHarness) harness).processElement2(record);
    }
  }

  /** Keyed state entries; 0 for an operator without keys. */
  int stateEntries() {
    if (harness instanceof KeyedOneInputStreamOperatorTestHarness one) {
      return one.numKeyedStateEntries();
    }
    return harness instanceof KeyedTwoInputStreamOperatorTestHarness two
        ? two.numKeyedStateEntries()
        : 0;
  }

  private static AbstractStreamOperatorTestHarness<Object> harness(StreamNode node)
      throws Exception {
    StreamOperatorFactory factory = node.getOperatorFactory();
    KeySelector[] keys = node.getStatePartitioners();
    boolean twoInputs = node.getTypeSerializersIn().length == 2;
    boolean keyed = keys.length > 0;
    if (twoInputs) {
      TwoInputStreamOperator operator =
          (TwoInputStreamOperator) ((SimpleOperatorFactory) factory).getOperator();
      return keyed
          ? new KeyedTwoInputStreamOperatorTestHarness(operator, keys[0], keys[1], keyType(node))
          : new TwoInputStreamOperatorTestHarness(operator);
    }
    return keyed
        ? new KeyedOneInputStreamOperatorTestHarness(factory, keys[0], keyType(node))
        : new OneInputStreamOperatorTestHarness(
            (OneInputStreamOperator) ((SimpleOperatorFactory) factory).getOperator());
  }

  private static TypeInformation keyType(StreamNode node) {
    return node.getStateKeySerializer() instanceof StringSerializer
        ? Types.STRING
        : TypeInformation.of(ChunkKey.class);
  }
}
