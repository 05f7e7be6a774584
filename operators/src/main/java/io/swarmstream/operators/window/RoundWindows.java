package io.swarmstream.operators.window;

import io.swarmstream.operators.messages.ChunkSignal;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;

/** Assigns each signal to the window of the round that it names. */
public final class RoundWindows extends WindowAssigner<ChunkSignal, RoundWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public Collection<RoundWindow> assignWindows(
      ChunkSignal signal, long timestamp, WindowAssignerContext context) {
    return List.of(new RoundWindow(signal.round()));
  }

  @Override
  public Trigger<ChunkSignal, RoundWindow> getDefaultTrigger() {
    return new PlanTrigger();
  }

  @Override
  public TypeSerializer<RoundWindow> getWindowSerializer(ExecutionConfig config) {
    return RoundWindow.Serializer.INSTANCE;
  }

  @Override
  public boolean isEventTime() {
    return false;
  }

  @Override
  public String toString() {
    return "RoundWindows";
  }
}
