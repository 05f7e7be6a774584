package io.swarmstream.schemas.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BackgroundThreadTest {
  @Test
  void closesWhenItsWorkHasEnded() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    BackgroundThread thread = new BackgroundThread("test");
    thread.execute(
        () -> {
          begun.countDown();
          writeSlowly();
          ended.set(true);
        });
    begun.await();
    thread.close();
    assertThat(ended).as("what the work wrote may be deleted now").isTrue();
  }

  /** Goes on for a while after an interrupt, as a write to a file does. */
  private static void writeSlowly() {
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void finishesWhatWaitsBeforeTheLast() {
    BackgroundThread thread = new BackgroundThread("test");
    List<String> done = new CopyOnWriteArrayList<>();
    thread.execute(
        () -> {
          writeSlowly();
          done.add("waiting");
        });
    assertThat(thread.finish(Duration.ofSeconds(10), () -> done.add("last"))).isTrue();
    assertThat(done).containsExactly("waiting", "last");
    assertThat(thread.finish(Duration.ofSeconds(10), () -> done.add("again"))).isTrue();
    assertThat(done).hasSize(2);
  }

  @Test
  void givesUpOnWhatDoesNotEnd() {
    BackgroundThread thread = new BackgroundThread("test");
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean isInterrupted = new AtomicBoolean();
    thread.execute(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            isInterrupted.set(true);
          }
        });
    assertThat(thread.finish(Duration.ofMillis(20), () -> {})).isFalse();
    assertThat(isInterrupted).isTrue();
  }

  @Test
  void repeatsUntilItIsClosed() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(3);
    AtomicInteger calls = new AtomicInteger();
    try (BackgroundThread thread = new BackgroundThread("test")) {
      thread.every(
          Duration.ofMillis(1),
          () -> {
            calls.incrementAndGet();
            three.countDown();
          });
      three.await();
    }
    int atEnd = calls.get();
    writeSlowly();
    assertThat(calls).hasValue(atEnd);
  }

  @Test
  void planningTheNextStepOfAClosedThreadIsNoError() {
    BackgroundThread thread = new BackgroundThread("test");
    thread.close();
    thread.after(Duration.ZERO, () -> {});
    assertThatThrownBy(() -> thread.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
