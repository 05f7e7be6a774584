package io.swarmstream.operators.rig;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateSnapshotContextSynchronousImpl;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.runtime.state.heap.StateTable;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/** One subtask of an operator of the graph, in Flink's harness. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class Subtask extends AbstractStreamOperatorTestHarness<Object> implements Receiver {
  /** Told of a subtask's part of a checkpoint. */
  @FunctionalInterface
  interface Acknowledgement {
    void of(long checkpoint, OperatorSubtaskState state);
  }

  /** One for all: each has threads and a folder, and none of our operators spills. */
  private static final IOManager NO_SPILLING = new IOManagerAsync();

  private final StreamNode node;
  private final Outputs outputs;
  private final Acknowledgement acknowledgement;
  private final Alignment alignment = new Alignment(this::snapshotAndPassOn);

  Subtask(StreamNode node, int index, Outputs outputs, Acknowledgement acknowledgement)
      throws Exception {
    super(
        (StreamOperatorFactory<Object>)
            InstantiationUtil.clone(node.getOperatorFactory()), // a subtask has its own
        environment(node.getParallelism(), index));
    this.node = node;
    this.outputs = outputs;
    this.acknowledgement = acknowledgement;
    KeySelector[] keys = node.getStatePartitioners();
    for (int input = 0; input < keys.length; input++) {
      config.setStatePartitioner(input, keys[input]);
    }
    if (keys.length > 0) {
      config.setStateKeySerializer(node.getStateKeySerializer());
    }
    config.serializeAllConfigs();
    executionConfig.enableObjectReuse();
    setOutputCreator(serializer -> outputs);
  }

  private static MockEnvironment environment(int parallelism, int index) {
    return new MockEnvironmentBuilder()
        .setMaxParallelism(Wiring.MAX_PARALLELISM)
        .setParallelism(parallelism)
        .setSubtaskIndex(index)
        .setIOManager(NO_SPILLING)
        .build();
  }

  String uid() {
    return node.getTransformationUID();
  }

  /** Begins, with its share of an earlier run's states when there are any. */
  void begin(List<OperatorSubtaskState> earlier, long nowMs) throws Exception {
    setProcessingTime(nowMs);
    if (!earlier.isEmpty()) {
      initializeState(
          repartitionOperatorState(
              repackageState(earlier.toArray(OperatorSubtaskState[]::new)),
              Wiring.MAX_PARALLELISM,
              earlier.size(),
              node.getParallelism(),
              getEnvironment().getTaskInfo().getIndexOfThisSubtask()));
    }
    open();
    if (uid().equals("admit")) {
      SharedSigners.lendTo(operator);
    }
  }

  @Override
  public void accept(int input, Object value) throws Exception {
    StreamRecord<Object> record = new StreamRecord<>(value);
    if (operator instanceof OneInputStreamOperator one) {
      one.setKeyContextElement(record);
      one.processElement(record);
    } else if (input == 1) {
      operator.setKeyContextElement1(record);
      ((TwoInputStreamOperator) operator).processElement1(record);
    } else {
      operator.setKeyContextElement2(record);
      ((TwoInputStreamOperator) operator).processElement2(record);
    }
  }

  @Override
  public Alignment alignment() {
    return alignment;
  }

  /** Time has gone on: its timers fire when its clock is next looked at. */
  Choice tick(long nowMs) {
    return new Choice() {
      private boolean done;

      @Override
      void happen() throws Exception {
        done = true;
        if (nowMs >= getProcessingTime()) {
          setProcessingTime(nowMs);
        }
      }

      @Override
      boolean possible() {
        return !done;
      }
    };
  }

  private void snapshotAndPassOn(long checkpoint) throws Exception {
    prepareSnapshotPreBarrier(checkpoint);
    outputs.barrier(checkpoint);
    acknowledgement.of(checkpoint, snapshot(checkpoint, getProcessingTime()));
  }

  /** Tells the function that a checkpoint has its state, as if there had been one. */
  void seemSaved(long checkpoint) {
    try {
      if (operator instanceof AbstractUdfStreamOperator<?, ?> udf
          && udf.getUserFunction() instanceof CheckpointedFunction function) {
        function.snapshotState(new StateSnapshotContextSynchronousImpl(checkpoint, 0));
        operator.notifyCheckpointComplete(checkpoint);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keyed state entries; 0 for an operator without keys. */
  int stateEntries() {
    return getOperator().getKeyedStateBackend() instanceof HeapKeyedStateBackend<?> backend
        ? backend.numKeyValueStateEntries()
        : 0;
  }

  /** What the keyed states hold, of all keys, by the state's name. */
  Map<String, List<Object>> keyedStates() throws ReflectiveOperationException {
    Map<String, List<Object>> states = new TreeMap<>();
    if (getOperator().getKeyedStateBackend() instanceof HeapKeyedStateBackend<?> backend) {
      Field tables = HeapKeyedStateBackend.class.getDeclaredField("registeredKVStates");
      tables.setAccessible(true);
      ((Map<String, StateTable<Object, Object, Object>>) tables.get(backend))
          .forEach(
              (name, table) -> {
                List<Object> values = new ArrayList<>();
                table.forEach(entry -> values.add(entry.getState()));
                states.put(name, values);
              });
    }
    return states;
  }
}
