package io.swarmstream.operators.window;

import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.PlannedDelta;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.jspecify.annotations.Nullable;

/**
 * Fires a round's window when its plan is there and every chunk that the plan names, and purges it
 * when nothing is left in it that could still be merged.
 *
 * <p>It pairs each arrival with the one verdict on it (dismissed or planned), whichever comes
 * first. When all that was sent has met its verdict, no state is left: of the window, or of the
 * trigger. So that holds for rounds long closed and rounds never opened, too.
 */
public final class PlanTrigger extends Trigger<ChunkSignal, RoundWindow> {
  private static final long serialVersionUID = 1L;

  /** What is known of one received chunk, until both its arrival and its verdict are. */
  enum Mark {
    /** It is here, without a verdict. */
    ARRIVED,
    /** It is dismissed, but not here yet. */
    DISMISSED,
    /** It is in the plan, but not here yet. */
    PLANNED
  }

  /** No entry: neither arrival nor verdict, or both. */
  private static final MapStateDescriptor<ChunkRef, Mark> MARKS =
      new MapStateDescriptor<>(
          "chunk-marks", TypeInformation.of(ChunkRef.class), Types.ENUM(Mark.class));

  /** Chunks marked ARRIVED; null: none. */
  private static final ValueStateDescriptor<Integer> UNDECIDED =
      new ValueStateDescriptor<>("undecided", Types.INT);

  /** Chunks marked PLANNED; null: the plan is not here, 0: it is fulfilled. */
  private static final ValueStateDescriptor<Integer> MISSING =
      new ValueStateDescriptor<>("missing", Types.INT);

  @Override
  public TriggerResult onElement(
      ChunkSignal signal, long timestamp, RoundWindow window, TriggerContext context)
      throws Exception {
    MapState<ChunkRef, Mark> marks = context.getPartitionedState(MARKS);
    ValueState<Integer> undecided = context.getPartitionedState(UNDECIDED);
    ValueState<Integer> missing = context.getPartitionedState(MISSING);
    switch (signal.kind()) {
      case ARRIVAL -> arrive(Objects.requireNonNull(signal.ref()), marks, undecided, missing);
      case DISMISSAL ->
          decide(Objects.requireNonNull(signal.ref()), Mark.DISMISSED, marks, undecided, missing);
      case PLAN -> {
        missing.update(0);
        for (PlannedDelta delta : Objects.requireNonNull(signal.plan()).deltas()) {
          decide(delta.ref(), Mark.PLANNED, marks, undecided, missing);
        }
      }
    }
    @Nullable Integer stillMissing = missing.value();
    if (stillMissing == null) {
      return undecided.value() == null ? TriggerResult.PURGE : TriggerResult.CONTINUE;
    }
    if (stillMissing > 0) {
      return TriggerResult.CONTINUE;
    }
    // Marks of chunks with an outstanding verdict or arrival stay, to be paired when that comes.
    missing.clear();
    return TriggerResult.FIRE_AND_PURGE;
  }

  private static void arrive(
      ChunkRef ref,
      MapState<ChunkRef, Mark> marks,
      ValueState<Integer> undecided,
      ValueState<Integer> missing)
      throws Exception {
    @Nullable Mark verdict = marks.get(ref);
    if (verdict == null) {
      marks.put(ref, Mark.ARRIVED);
      add(undecided, 1);
      return;
    }
    marks.remove(ref);
    if (verdict == Mark.PLANNED) {
      missing.update(Objects.requireNonNull(missing.value()) - 1);
    }
  }

  private static void decide(
      ChunkRef ref,
      Mark verdict,
      MapState<ChunkRef, Mark> marks,
      ValueState<Integer> undecided,
      ValueState<Integer> missing)
      throws Exception {
    if (marks.get(ref) == Mark.ARRIVED) {
      marks.remove(ref);
      add(undecided, -1);
      return;
    }
    marks.put(ref, verdict);
    if (verdict == Mark.PLANNED) {
      missing.update(Objects.requireNonNull(missing.value()) + 1);
    }
  }

  private static void add(ValueState<Integer> count, int change) throws Exception {
    @Nullable Integer before = count.value();
    int after = (before == null ? 0 : before) + change;
    if (after == 0) {
      count.clear();
    } else {
      count.update(after);
    }
  }

  @Override
  public TriggerResult onProcessingTime(long time, RoundWindow window, TriggerContext context) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, RoundWindow window, TriggerContext context) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(RoundWindow window, TriggerContext context) throws Exception {
    context.getPartitionedState(MARKS).clear();
    context.getPartitionedState(UNDECIDED).clear();
    context.getPartitionedState(MISSING).clear();
  }

  @Override
  public String toString() {
    return "PlanTrigger";
  }
}
