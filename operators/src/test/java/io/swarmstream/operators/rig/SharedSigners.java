package io.swarmstream.operators.rig;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;

/**
 * Who signed what, remembered over all rigs of a JVM: recovering a signer costs a millisecond, far
 * more than all else that a chunk goes through, and depends on nothing but the bytes.
 */
final class SharedSigners {
  private static final Map<Object, Object> KNOWN = new ConcurrentHashMap<>();

  private SharedSigners() {}

  /** Puts the shared memory in the place of an admission's own. */
  static void lendTo(StreamOperator<?> admission) throws ReflectiveOperationException {
    Function function = ((AbstractUdfStreamOperator<?, ?>) admission).getUserFunction();
    Object cache = field(function.getClass(), "signers").get(function);
    field(cache.getClass(), "signers").set(cache, KNOWN);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
