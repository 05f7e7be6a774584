package io.swarmstream.examples.digits;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nd4j.nativeblas.NativeOps;

/**
 * ND4J's native functions, with what its deallocator threads delete put off until nobody computes.
 *
 * <p>ND4J hands native code the bare address of an operation's small arrays (the dimensions of a
 * broadcast, for one) and keeps no reference to them while it runs. When the garbage collector runs
 * in that moment, whoever caused it, a deallocator thread deletes what the native code is reading,
 * and the JVM dies with SIGSEGV in {@code sd::DataBuffer::primary()}. Seen within a minute with one
 * training thread beside a thread that allocates, as Kafka and Flink do.
 */
final class LateDeletes implements InvocationHandler {
  private final NativeOps ops;
  private final ReentrantLock inUse;
  private final Queue<Delete> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Puts off deletes while {@code inUse} is locked by another thread.
   *
   * @param ops the real functions
   */
  LateDeletes(NativeOps ops, ReentrantLock inUse) {
    this.ops = ops;
    this.inUse = inUse;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!method.getName().startsWith("delete") || inUse.isHeldByCurrentThread()) {
      return call(method, arguments);
    }
    waiting.add(new Delete(method, arguments));
    if (inUse.tryLock()) {
      try {
        flush();
      } finally {
        inUse.unlock();
      }
    }
    return null;
  }

  /** Deletes what has been put off; the caller holds the lock. */
  void flush() {
    for (Delete next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        call(next.method, next.arguments);
      } catch (Throwable e) {
        throw new IllegalStateException("cannot free native memory", e);
      }
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(ops, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** All of them return nothing. */
  private static final class Delete {
    private final Method method;
    private final Object @Nullable [] arguments;

    Delete(Method method, Object @Nullable [] arguments) {
      this.method = method;
      this.arguments = arguments;
    }
  }
}
