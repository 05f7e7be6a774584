package io.swarmstream.lab.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share the chunks of a round, as the slots of a job do. */
final class Cores implements AutoCloseable {
  private final int count;
  private final ExecutorService threads;

  Cores(int count) {
    this.count = count;
    threads = Executors.newFixedThreadPool(count);
  }

  /** One thread for each core of this machine. */
  static Cores all() {
    return new Cores(Runtime.getRuntime().availableProcessors());
  }

  int count() {
    return count;
  }

  /** Runs a task for each index below {@code tasks}; each idle core takes the next index. */
  void each(int tasks, IntConsumer task) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int core = 0; core < count; core++) {
      running.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                  task.accept(i);
                }
              }));
    }
    for (Future<?> ended : running) {
      try {
        ended.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a kernel failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
