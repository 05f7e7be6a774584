package io.swarmstream.jobs;

import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.CheckpointCoordinator;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Forwards records and requests checkpoints: at once after a fence, because a new contract begins
 * when a checkpoint has it; within a second after a rejection, which becomes readable with a
 * checkpoint, and after a round record, so that a crash has little to repeat. Periodic checkpoints
 * may then be rare.
 */
final class CheckpointOnWrite extends AbstractStreamOperatorFactory<OutboundRecord>
    implements OneInputStreamOperatorFactory<OutboundRecord, OutboundRecord>,
        CoordinatedOperatorFactory<OutboundRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink has it
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    return (T)
        new Operator(
            parameters, parameters.getOperatorEventDispatcher().getOperatorEventGateway(id));
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return Operator.class;
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new Provider(id);
  }

  /** Something was written that a checkpoint should follow, at once or soon. */
  private record Written(boolean urgent) implements OperatorEvent {}

  private static final class Operator extends AbstractStreamOperator<OutboundRecord>
      implements OneInputStreamOperator<OutboundRecord, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final transient OperatorEventGateway coordinator;

    /** Whether a requested checkpoint has not arrived here yet; rejections may come in floods. */
    private transient boolean asked;

    Operator(
        StreamOperatorParameters<OutboundRecord> parameters, OperatorEventGateway coordinator) {
      super(parameters);
      this.coordinator = coordinator;
    }

    @Override
    public void processElement(StreamRecord<OutboundRecord> element) {
      output.collect(element);
      byte[] value = element.getValue().value();
      boolean urgent = isFence(value);
      if (urgent || (!asked && isWorthACheckpoint(value))) {
        coordinator.sendEventToCoordinator(new Written(urgent));
        asked = true;
      }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
      super.snapshotState(context);
      asked = false;
    }
  }

  private static boolean isWorthACheckpoint(byte[] value) {
    return WireFormat.ROUND_RECORD.frames(value) || WireFormat.REJECTION.frames(value);
  }

  private static boolean isFence(byte[] value) {
    try {
      return WireFormat.ROUND_NOTICE.frames(value)
          && !WireFormat.ROUND_NOTICE.decode(value).getFence().isEmpty();
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the job's own notice cannot be read", e);
    }
  }

  private record Provider(OperatorID id) implements OperatorCoordinator.Provider {
    @Override
    public OperatorID getOperatorId() {
      return id;
    }

    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
      return new Coordinator(context);
    }
  }

  private static final class Coordinator implements OperatorCoordinator {
    private final CheckpointRequests requests;

    Coordinator(Context context) {
      this.requests = new CheckpointRequests(() -> trigger(context));
    }

    private static CompletableFuture<?> trigger(Context context) {
      @Nullable CheckpointCoordinator checkpoints = context.getCheckpointCoordinator();
      return checkpoints == null
          ? CompletableFuture.completedFuture(null)
          : checkpoints.triggerCheckpoint(false);
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
      if (((Written) event).urgent()) {
        requests.now();
      } else {
        requests.soon();
      }
    }

    @Override
    public void start() {}

    @Override
    public void close() {
      requests.close();
    }

    @Override
    public void checkpointCoordinator(long id, CompletableFuture<byte[]> result) {
      requests.begun();
      result.complete(new byte[0]);
    }

    @Override
    public void notifyCheckpointComplete(long id) {}

    @Override
    public void notifyCheckpointAborted(long id) {
      requests.aborted();
    }

    @Override
    public void resetToCheckpoint(long id, byte @Nullable [] state) {}

    @Override
    public void subtaskReset(int subtask, long checkpoint) {}

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}
  }
}
