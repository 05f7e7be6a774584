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
 * Wraps ND4J's native functions, and defers the deletes of its deallocator threads until no thread
 * computes.
 *
 * <p>ND4J passes native code the bare address of an operation's small arrays (for example the
 * dimensions of a broadcast) and keeps no reference to them while the code runs. When the garbage
 * collector runs at that moment, for whatever reason, a deallocator thread deletes what the native
 * code is reading, and the JVM crashes with SIGSEGV in {@code sd::DataBuffer::primary()}. This
 * happened within a minute with one training thread next to a thread that allocates, as Kafka and
 * Flink do.
 */
final class LateDeletes implements InvocationHandler {
  private final NativeOps ops;
  private final ReentrantLock inUse;
  private final Queue<Delete> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Defers deletes while another thread holds {@code inUse}.
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

  /** Runs the deferred deletes; the caller holds the lock. */
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

  /** A deferred delete; all of these functions return nothing. */
  private static final class Delete {
    private final Method method;
    private final Object @Nullable [] arguments;

    Delete(Method method, Object @Nullable [] arguments) {
      this.method = method;
      this.arguments = arguments;
    }
  }
}
