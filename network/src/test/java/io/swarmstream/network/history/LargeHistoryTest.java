package io.swarmstream.network.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.SeriesInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of a thousand sites and ten thousand rounds, in a heap that could not hold it. */
class LargeHistoryTest {
  private static final String CONTRACT = "large";
  private static final int SITES = 1_000;

  @TempDir private Path folder;

  @Test
  void answersFromAHundredRoundsOfAThousandSites() throws Exception {
    run(100);
  }

  @Test
  @Tag("slow")
  void answersFromTenThousandRoundsOfAThousandSites() throws Exception {
    run(10_000);
  }

  private void run(int count) throws Exception {
    try (RoundHistory history = RoundHistory.open(folder, InstantSource.system())) {
      ManyRounds rounds = new ManyRounds(history, CONTRACT);
      time(
          "reading " + count + " rounds",
          () -> {
            for (int round = 0; round < count; round++) {
              rounds.pass(round, SITES);
              if (round % 20 == 19) {
                rounds.commit();
              }
            }
            rounds.commit();
          });
      List<String> sites = IntStream.range(0, 20).mapToObj(site -> "site-" + site * 7).toList();
      for (int again = 0; again < 2; again++) {
        time("a page", () -> assertThat(history.newest(CONTRACT, 50)).hasSize(50));
        time("a round", () -> assertThat(history.detail(CONTRACT, count / 2)).isPresent());
        time("totals", () -> assertThat(history.totals(CONTRACT).rounds()).isEqualTo(count));
        time("standings", () -> assertThat(history.standings(CONTRACT)).hasSize(SITES));
        time("curves", () -> check(history.series().of(CONTRACT, 0, count, 600, List.of())));
        time("20 sites", () -> check(history.series().of(CONTRACT, 0, count, 600, sites)));
      }
      System.out.println("file: " + Files.size(folder.resolve("history.sqlite")) + " bytes");
    }
  }

  private static void check(SeriesInfo series) {
    assertThat(series.rounds()).hasSizeBetween(50, 600);
    series.sites().forEach(site -> assertThat(site.loss()).doesNotContainNull());
  }

  private static void time(String what, Runnable work) {
    long began = System.nanoTime();
    work.run();
    Runtime jvm = Runtime.getRuntime();
    System.out.printf(
        "%s: %d ms, heap %d MiB of %d%n",
        what,
        Duration.ofNanos(System.nanoTime() - began).toMillis(),
        (jvm.totalMemory() - jvm.freeMemory()) >> 20,
        jvm.maxMemory() >> 20);
  }
}
