package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.schemas.Anchor;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anchors rounds at the end of a stream. Needs a parallelism of 1 and checkpoints.
 *
 * <p>An anchor is sent at once: the round's plan is in the log, so no crash can undo the round, and
 * a job that comes back makes the same anchor. Every checkpoint contains it until the chain holds
 * it, and a restored job sends it again, which is idempotent. The chain may be unreachable for
 * days: neither the stream nor its checkpoints wait for it. Flink's own committers do not fit,
 * because they fail the job after a number of retries.
 *
 * <p>Metrics in the group {@code anchors}: {@code pending} not on the chain yet, {@code anchored}
 * since the start, {@code conflicting} contracts whose anchoring is halted because the chain has a
 * different record. Investigate any value above 0.
 *
 * <p>It emits nothing.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before anything else
public final class AnchorRounds extends ProcessFunction<Anchor, Void>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AnchorRounds.class);

  /** Longest wait for the sending thread to end with its task. */
  private static final long STOP_MS = 5_000;

  // -- configuration
  private final AnchorClient.Factory factory;

  // -- runtime
  private transient AnchorQueue queue;
  private transient AnchorClient anchoring;
  private transient AnchorSender sender;
  private transient @Nullable Thread thread;

  /** Rounds that are not anchored, and the newest that are: see {@link AnchorLane}. */
  private transient ListState<Anchor> anchors;

  public AnchorRounds(AnchorClient.Factory factory) {
    this.factory = factory;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    anchors =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("unfinished-anchors", TypeInformation.of(Anchor.class)));
    queue = new AnchorQueue();
    if (context.isRestored()) {
      queue.restore(anchors.get());
    }
  }

  @Override
  public void open(OpenContext context) {
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    if (parallelism != 1) {
      throw new IllegalStateException(
          "AnchorRounds runs with parallelism "
              + parallelism
              + ", which would send rounds out of order; call setParallelism(1)");
    }
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("anchors");
    metrics.gauge("pending", queue::pending);
    metrics.gauge("conflicting", queue::halted);
    Counter anchored = metrics.counter("anchored");
    anchoring = factory.open();
    sender = new AnchorSender(queue, anchoring, anchored::inc);
    Thread started = new Thread(sender, "anchor-rounds");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  @Override
  public void processElement(Anchor anchor, Context context, Collector<Void> out) {
    Anchor other = queue.receive(anchor);
    if (other != null) {
      LOG.error(
          "the job itself made two records of a round: {} No more rounds of this contract will be"
              + " anchored by this job",
          new AnchorConflictException(other, anchor).getMessage());
      queue.halt(anchor.contract(), anchor.round());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    anchors.update(queue.all());
  }

  @Override
  public void close() throws Exception {
    Thread running = thread;
    if (running != null) {
      thread = null;
      sender.stop();
      anchoring.close();
      running.interrupt();
      running.join(STOP_MS);
    }
  }
}
