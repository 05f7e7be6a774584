package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The valid plans of the current key's contract that are read and not carried out yet: more than
 * one after a crash, else at most that of the round that closes.
 */
final class RoundPlans {
  /** By round: the plan as it stands in the log. */
  private final MapState<Long, byte[]> plans;

  private final Recollection<NavigableMap<Long, AgreedPlan>> read;

  RoundPlans(RuntimeContext context, Supplier<String> currentKey) {
    plans =
        context.getMapState(
            new MapStateDescriptor<>(
                "plans", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    read = new Recollection<>(currentKey, this::read);
  }

  private NavigableMap<Long, AgreedPlan> read() throws Exception {
    NavigableMap<Long, AgreedPlan> all = new TreeMap<>();
    for (Map.Entry<Long, byte[]> plan : plans.entries()) {
      all.put(plan.getKey(), decode(plan.getValue()));
    }
    return all;
  }

  private static AgreedPlan decode(byte[] plan) throws MalformedRecordException {
    return new AgreedPlan(WireFormat.ROUND_PLAN.decode(plan));
  }

  /** The plan of a round; null: the log has none, or it is carried out. */
  @Nullable AgreedPlan of(long round) throws Exception {
    return read.get().get(round);
  }

  /** The same as it stands in the log; of a round that has one. */
  byte[] published(long round) throws Exception {
    return Objects.requireNonNull(plans.get(round));
  }

  /** The last round with a plan; -1: there is none. */
  long newestRound() throws Exception {
    NavigableMap<Long, AgreedPlan> all = read.get();
    return all.isEmpty() ? -1 : all.lastKey();
  }

  void add(long round, byte[] plan) throws Exception {
    read.get().put(round, decode(plan)); // read before the plan is there
    plans.put(round, plan);
  }

  void remove(long round) throws Exception {
    plans.remove(round);
    read.get().remove(round);
  }
}
