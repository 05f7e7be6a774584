package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.schemas.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** What the next step of a chunk starts from: the newest computed chunk, or a published one. */
final class StepBases {
  private final int vectors;

  /** The chunk after the newest computed round; null: none yet. */
  private final ValueState<byte[]> model;

  /** By vector: the chunk of the optimizer's state after that round; empty: it has not begun. */
  private final MapState<Long, byte[]> state;

  /** By round: published chunks of models to start from. */
  private final MapState<Long, byte[]> models;

  /** By round and vector: published chunks of the optimizer's state. */
  private final MapState<Long, byte[]> states;

  StepBases(Optimizer optimizer, RuntimeContext runtime) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    vectors = ChunkStep.vectors(optimizer);
    model = runtime.getState(new ValueStateDescriptor<>("model-chunk", bytes));
    state = runtime.getMapState(new MapStateDescriptor<>("optimizer-state", Types.LONG, bytes));
    models = runtime.getMapState(new MapStateDescriptor<>("bases", Types.LONG, bytes));
    states = runtime.getMapState(new MapStateDescriptor<>("optimizer-bases", Types.LONG, bytes));
  }

  /** Takes a published chunk. */
  void add(StepSignal base, byte[] chunk) throws Exception {
    if (base.vector() == StepSignal.MODEL) {
      models.put(base.round(), chunk);
    } else {
      states.put(place(base.round(), base.vector()), chunk);
    }
  }

  /** The newest computed chunk; null: none yet. */
  @Nullable ChunkStep newest() throws Exception {
    byte @Nullable [] chunk = model.value();
    return chunk == null ? null : new ChunkStep(chunk, inOrder(state, 0));
  }

  /** The published chunk of a round; null when it, or a part of the state, is not here. */
  @Nullable ChunkStep published(long round) throws Exception {
    byte @Nullable [] chunk = models.get(round);
    if (chunk == null) {
      return null;
    }
    // After round 0 the optimizer has not begun.
    List<byte[]> there = round == 0 ? List.of() : inOrder(states, place(round, 0));
    return round > 0 && there.size() < vectors ? null : new ChunkStep(chunk, there);
  }

  /** Puts a computed or published chunk in the place of the one before. */
  void update(ChunkStep newest) throws Exception {
    model.update(newest.model());
    state.clear();
    for (int vector = 0; vector < newest.state().size(); vector++) {
      state.put((long) vector, newest.state().get(vector));
    }
  }

  /** Nothing starts from the published chunk of that round any more. */
  void drop(long round) throws Exception {
    models.remove(round);
    for (int vector = 0; vector < vectors; vector++) {
      states.remove(place(round, vector));
    }
  }

  private List<byte[]> inOrder(MapState<Long, byte[]> from, long first) throws Exception {
    List<byte[]> found = new ArrayList<>();
    for (int vector = 0; vector < vectors; vector++) {
      byte @Nullable [] chunk = from.get(first + vector);
      if (chunk != null) {
        found.add(chunk);
      }
    }
    return found;
  }

  private long place(long round, int vector) {
    return round * vectors + vector;
  }
}
