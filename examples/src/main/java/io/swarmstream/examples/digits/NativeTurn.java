package io.swarmstream.examples.digits;

import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The right to run ND4J's native code. One thread of the JVM holds it at a time, and nothing that
 * this thread may be reading is deleted meanwhile.
 *
 * <p>Without it, ND4J 1.0.0-M2.1 crashes the JVM: see {@link LateDeletes}. Turns cost little,
 * because a small mini-batch spends most of its time around the arithmetic, in allocation that does
 * not run in parallel anyway.
 */
final class NativeTurn implements AutoCloseable {
  /**
   * Not fair: a thread that continues with its next batch saves a context switch, and the others
   * wait for the same merge anyway.
   */
  private static final ReentrantLock IN_USE = new ReentrantLock();

  private static final NativeOps NATIVE;
  private static final LateDeletes DELETES;

  static {
    // ND4J's holder knows which library to load only after ND4J has chosen its backend.
    Nd4j.getExecutioner();
    NATIVE = NativeOpsHolder.getInstance().getDeviceNativeOps();
    DELETES = new LateDeletes(NATIVE, IN_USE);
    NativeOpsHolder.getInstance()
        .setDeviceNativeOps(
            (NativeOps)
                Proxy.newProxyInstance(
                    NativeOps.class.getClassLoader(), new Class<?>[] {NativeOps.class}, DELETES));
  }

  private NativeTurn() {}

  /** Waits for the turn. */
  static NativeTurn take() {
    IN_USE.lock();
    // On a busy machine, OpenMP's threads spin waiting for each other over these tiny matrices, and
    // a batch takes 30 times as long. OpenMP keeps this number per calling thread, so every turn
    // sets it.
    NATIVE.setOmpNumThreads(1);
    return new NativeTurn();
  }

  @Override
  public void close() {
    try {
      DELETES.flush();
    } finally {
      IN_USE.unlock();
    }
  }
}
