package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentTrainersTest {
  private static final int SITES = 16;
  private static final DigitSplit SPLIT =
      DigitSplit.of(Digits.load(), DemoDefaults.split(SITES, 1));

  @Test
  void trainersInManyThreadsGiveTheBitsOfTrainersOneByOne() throws Exception {
    List<float[]> oneByOne = IntStream.range(0, SITES).mapToObj(this::train).toList();

    ExecutorService threads = Executors.newFixedThreadPool(SITES);
    try {
      List<Callable<float[]>> tasks =
          IntStream.range(0, SITES)
              .mapToObj(site -> (Callable<float[]>) () -> train(site))
              .collect(Collectors.toList());
      List<Future<float[]>> together = threads.invokeAll(tasks);
      for (int site = 0; site < SITES; site++) {
        assertThat(together.get(site).get()).isEqualTo(oneByOne.get(site));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void sitesEndUpInDifferentPlaces() {
    assertThat(train(0)).isNotEqualTo(train(1));
  }

  private float[] train(int site) {
    try (Trainer trainer =
        new Trainer(
            SPLIT.sites().get(site), 1, DemoDefaults.batchSeed(1, site), DemoDefaults.trainer())) {
      trainer.trainBatches(15);
      trainer.load(trainer.weights());
      trainer.trainBatches(15);
      return trainer.weights();
    }
  }
}
