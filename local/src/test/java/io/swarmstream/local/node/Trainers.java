package io.swarmstream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What trainers of several sites do at the same time. */
final class Trainers {
  private Trainers() {}

  static boolean opened(HttpTrainer trainer, String contract) throws Exception {
    HttpTrainer.Answered answer = trainer.open(contract);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return true;
  }

  /** Both contribute; each gets the mean. */
  static void both(HttpTrainer one, HttpTrainer two, long n, float first, float second, float mean)
      throws Exception {
    together(
        () -> {
          assertThat(one.round(n, filled(first))).containsOnly(mean);
          return true;
        },
        () -> {
          assertThat(two.round(n, filled(second))).containsOnly(mean);
          return true;
        });
  }

  static float[] filled(float value) {
    float[] weights = new float[9];
    Arrays.fill(weights, value);
    return weights;
  }

  static void together(Callable<Boolean> one, Callable<Boolean> two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> first = threads.submit(one);
      Future<Boolean> second = threads.submit(two);
      assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }
}
