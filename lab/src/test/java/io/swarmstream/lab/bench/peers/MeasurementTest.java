package io.swarmstream.lab.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {
  private static final Cell CELL = new Cell(2, 10_000);
  private static final Plan PLAN =
      new Plan(1, 1, limits(Duration.ofMinutes(1), Duration.ofMillis(300)));

  private static final Plan.Limits STAND = limits(Duration.ofMillis(300), Duration.ofMinutes(1));

  @TempDir private Path parent;

  /** A system in this process. */
  private record Simple(String name, long memoryBytes, Rounds rounds) implements Contestant {
    @FunctionalInterface
    interface Rounds {
      void run(RoundClock log) throws Exception;
    }

    @Override
    public String what() {
      return "for a test";
    }

    @Override
    public int warmUp(Plan plan) {
      return plan.warmUp();
    }

    @Override
    public long memoryBytes(Cell cell) {
      return memoryBytes;
    }

    @Override
    public void run(Cell cell, Plan plan, Path folder, RoundClock log) throws Exception {
      assertThat(folder.resolve("noise-1.f32")).hasSize(4);
      rounds.run(log);
    }
  }

  private static Plan.Limits limits(Duration standstill, Duration whole) {
    return new Plan.Limits(Duration.ofSeconds(1), standstill, whole);
  }

  private Measured measure(long memoryBytes, Simple.Rounds rounds) throws Exception {
    return measure(memoryBytes, PLAN, rounds);
  }

  private Measured measure(long memoryBytes, Plan plan, Simple.Rounds rounds) throws Exception {
    Measured measured =
        new Measurement(parent, site -> new float[] {site})
            .of(new Simple("simple", memoryBytes, rounds), CELL, plan);
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
    return measured;
  }

  @Test
  void tellsFigures() throws Exception {
    Measured measured =
        measure(
            1,
            log -> {
              log.begin(0);
              log.begin(10);
              log.end(30);
            });
    assertThat(measured.missing()).isNull();
    assertThat(measured.roundP50Millis()).isEqualTo(20);
    assertThat(measured.rounds()).isEqualTo(1);
  }

  @Test
  void tellsWhyThereAreNone() throws Exception {
    assertThat(measure(Long.MAX_VALUE / 2, log -> {}).missing()).startsWith("skipped: it would");
    assertThat(measure(1, log -> new CountDownLatch(1).await()).missing())
        .startsWith("did not finish in");
    assertThat(measure(1, log -> {}).missing()).isEqualTo("failed: no round counted");
    assertThat(
            measure(
                    1,
                    log -> {
                      throw new IllegalStateException("broken");
                    })
                .missing())
        .isEqualTo("failed: broken");
  }

  @Test
  void saysWhichSystemHangsAndWhere() throws Exception {
    Measured measured =
        measure(
            1,
            new Plan(1, 1, STAND),
            log -> {
              log.begin(0);
              new CountDownLatch(1).await();
            });
    assertThat(measured.missing()).isEqualTo("hung: it did nothing for 0 s; it had begun round 1");
  }

  @Test
  void aSystemThatReportsOrComputesDoesNotHang() {
    Standstill standstill = new Standstill(Duration.ZERO);
    assertThat(standstill.isReached(1, 0)).isFalse();
    assertThat(standstill.isReached(2, 0)).isFalse();
    assertThat(standstill.isReached(2, 60)).isFalse();
    assertThat(standstill.isReached(2, 60)).isTrue();
  }

  @Test
  void keepsWhatWasMeasuredBeforeAFailure() {
    Contestant good = new Simple("good", 1, log -> {});
    Contestant bad = new Simple("bad", 1, log -> {});
    Comparison comparison =
        new Comparison(
            List.of(CELL),
            List.of(good, bad),
            cell -> PLAN,
            new Measurement(parent, site -> new float[] {site}));
    assertThatThrownBy(
            () ->
                comparison.run(
                    new Comparison.Progress() {
                      @Override
                      public void begins(int number, int all, Cell cell, Contestant contestant) {
                        if (contestant == bad) {
                          throw new IllegalStateException("the machine goes down");
                        }
                      }

                      @Override
                      public void ended(Measured measured) {}
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(comparison.measured()).extracting(Measured::system).containsExactly("good");
  }

  @Test
  void letsAnotherSystemGoFirstInEachCell() throws Exception {
    List<String> order = new ArrayList<>();
    List<Contestant> contestants =
        List.of(
            new Simple("a", 1, log -> order.add("a")), new Simple("b", 1, log -> order.add("b")));
    Comparison comparison =
        new Comparison(
            List.of(CELL, CELL, CELL),
            contestants,
            cell -> PLAN,
            new Measurement(parent, site -> new float[1]));
    comparison.run(
        new Comparison.Progress() {
          @Override
          public void begins(int number, int count, Cell cell, Contestant contestant) {
            assertThat(count).isEqualTo(6);
          }

          @Override
          public void ended(Measured measured) {}
        });
    assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    assertThat(comparison.measured()).hasSize(6);
  }
}
