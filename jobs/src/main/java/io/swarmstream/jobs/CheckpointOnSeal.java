package io.swarmstream.jobs;

import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.WireFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.CheckpointCoordinator;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
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
 * Passes records on, and asks for a checkpoint behind each that rounds wait for: what makes a round
 * visible then comes as soon as it is sealed, and not with the next checkpoint that is due anyway.
 *
 * <p>Nothing hangs on it: what is asked for in vain is made up for by the next regular checkpoint.
 */
final class CheckpointOnSeal extends AbstractStreamOperatorFactory<OutboundRecord>
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

  /** A round is sealed. */
  private record Sealed() implements OperatorEvent {}

  private static final class Operator extends AbstractStreamOperator<OutboundRecord>
      implements OneInputStreamOperator<OutboundRecord, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final transient OperatorEventGateway coordinator;

    Operator(
        StreamOperatorParameters<OutboundRecord> parameters, OperatorEventGateway coordinator) {
      super(parameters);
      this.coordinator = coordinator;
    }

    @Override
    public void processElement(StreamRecord<OutboundRecord> element) {
      output.collect(element);
      if (isAwaited(element.getValue().value())) {
        coordinator.sendEventToCoordinator(new Sealed());
      }
    }
  }

  /** Rounds wait for round records to be read back, and the first one for its fence. */
  private static boolean isAwaited(byte[] value) {
    if (!WireFormat.ROUND_NOTICE.frames(value)) {
      return WireFormat.ROUND_RECORD.frames(value);
    }
    try {
      return !WireFormat.ROUND_NOTICE.decode(value).getFence().isEmpty();
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
      return new Requests(context);
    }
  }

  /** Asks for one checkpoint at a time; whoever comes meanwhile gets the one behind it. */
  private static final class Requests implements OperatorCoordinator {
    private final Context context;
    private boolean running;
    private boolean again;

    Requests(Context context) {
      this.context = context;
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
      request();
    }

    private synchronized void request() {
      @Nullable CheckpointCoordinator checkpoints = context.getCheckpointCoordinator();
      if (checkpoints == null) {
        return;
      }
      if (running) {
        again = true;
        return;
      }
      running = true;
      var unused = checkpoints.triggerCheckpoint(false).whenComplete((done, error) -> ended());
    }

    private synchronized void ended() {
      running = false;
      if (again) {
        again = false;
        request();
      }
    }

    @Override
    public void start() {}

    @Override
    public void close() {}

    @Override
    public void checkpointCoordinator(long id, CompletableFuture<byte[]> result) {
      result.complete(new byte[0]);
    }

    @Override
    public void notifyCheckpointComplete(long id) {}

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
