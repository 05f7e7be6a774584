package io.swarmstream.operators.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.api.windowing.windows.Window;

/** The window of a sync round: it ends when the round's plan is fulfilled, not at a time. */
public final class RoundWindow extends Window {
  private final long round;

  public RoundWindow(long round) {
    this.round = round;
  }

  public long round() {
    return round;
  }

  /** Never: so Flink sets no clean-up timer, and the trigger alone ends the window. */
  @Override
  public long maxTimestamp() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoundWindow window && round == window.round;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(round);
  }

  @Override
  public String toString() {
    return "round " + round;
  }

  /** Eight bytes: the round's number. */
  public static final class Serializer extends TypeSerializerSingleton<RoundWindow> {
    private static final long serialVersionUID = 1L;

    static final Serializer INSTANCE = new Serializer();

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public RoundWindow createInstance() {
      return new RoundWindow(0);
    }

    @Override
    public RoundWindow copy(RoundWindow from) {
      return from;
    }

    @Override
    public RoundWindow copy(RoundWindow from, RoundWindow reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return Long.BYTES;
    }

    @Override
    public void serialize(RoundWindow window, DataOutputView target) throws IOException {
      target.writeLong(window.round);
    }

    @Override
    public RoundWindow deserialize(DataInputView source) throws IOException {
      return new RoundWindow(source.readLong());
    }

    @Override
    public RoundWindow deserialize(RoundWindow reuse, DataInputView source) throws IOException {
      return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      target.writeLong(source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RoundWindow> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Says that the form is fixed. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RoundWindow> {
      public Snapshot() {
        super(() -> INSTANCE);
      }
    }
  }
}
