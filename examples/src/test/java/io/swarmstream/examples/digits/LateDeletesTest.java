package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueDataBuffer;

class LateDeletesTest {
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final ReentrantLock inUse = new ReentrantLock();
  private final LateDeletes deletes =
      new LateDeletes(
          nativeOps(
              (proxy, method, arguments) -> {
                called.add(method.getName());
                if (method.getName().equals("initializeDevicesAndFunctions")) {
                  throw new IllegalStateException("no device");
                }
                return null;
              }),
          inUse);
  private final NativeOps ops = nativeOps(deletes);

  @Test
  void anotherThreadsDeleteWaitsUntilTheTurnEnds() {
    whileInUse(
        () -> {
          deleteInAnotherThread();
          assertThat(called).isEmpty();

          deletes.flush();
          assertThat(called).containsExactly("deleteDataBuffer");
        });
  }

  @Test
  void whatOneTurnLeftBehindGoesWithTheNextDelete() {
    whileInUse(this::deleteInAnotherThread);

    deleteInAnotherThread();

    assertThat(called).containsExactly("deleteDataBuffer", "deleteDataBuffer");
    assertThat(inUse.isLocked()).isFalse();
  }

  @Test
  void theThreadThatComputesDeletesAtOnce() {
    whileInUse(
        () -> {
          ops.deleteDataBuffer(new OpaqueDataBuffer(null));
          assertThat(called).containsExactly("deleteDataBuffer");
        });
  }

  @Test
  void everythingElseGoesStraightThroughWithItsOwnErrors() {
    whileInUse(() -> CompletableFuture.runAsync(() -> ops.setOmpNumThreads(1)).join());

    assertThat(called).containsExactly("setOmpNumThreads");
    assertThatThrownBy(ops::initializeDevicesAndFunctions)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no device");
  }

  @Test
  void nd4jDeletesThroughItAsSoonAsATrainerExists() {
    try (Trainer trainer = new Trainer(Digits.load(), 1, 1, DemoDefaults.trainer())) {
      NativeOps installed = NativeOpsHolder.getInstance().getDeviceNativeOps();

      assertThat(Proxy.getInvocationHandler(installed)).isInstanceOf(LateDeletes.class);
      assertThat(trainer.parameterCount()).isPositive();
    }
  }

  private void whileInUse(Runnable body) {
    inUse.lock();
    try {
      body.run();
    } finally {
      inUse.unlock();
    }
  }

  private void deleteInAnotherThread() {
    CompletableFuture.runAsync(() -> ops.deleteDataBuffer(new OpaqueDataBuffer(null))).join();
  }

  private static NativeOps nativeOps(InvocationHandler handler) {
    return (NativeOps)
        Proxy.newProxyInstance(
            NativeOps.class.getClassLoader(), new Class<?>[] {NativeOps.class}, handler);
  }
}
