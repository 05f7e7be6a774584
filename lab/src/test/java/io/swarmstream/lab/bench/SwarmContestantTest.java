package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.lab.bench.peers.Cell;
import io.swarmstream.lab.bench.peers.Contestant;
import io.swarmstream.lab.bench.peers.Measured;
import io.swarmstream.lab.bench.peers.Measurement;
import io.swarmstream.lab.bench.peers.Plan;
import io.swarmstream.lab.bench.peers.RoundClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmContestantTest {
  @TempDir private Path parent;

  private static SiteRound of(int site, long round, double handedOver, double confirmed) {
    return new SiteRound(site, round, handedOver, 0, 0, 0, 0, 0, confirmed);
  }

  /** Plays three rounds of two sites, of which the faster one is a round ahead. */
  private static final class Played implements Contestant {
    @Override
    public String name() {
      return "ours";
    }

    @Override
    public String what() {
      return "";
    }

    @Override
    public int warmUp(Plan plan) {
      return 1;
    }

    @Override
    public long memoryBytes(Cell cell) {
      return 0;
    }

    @Override
    public void run(Cell cell, Plan plan, Path folder, RoundClock log) {
      SwarmContestant.RoundEnds ends = new SwarmContestant.RoundEnds(2, 3, log);
      ends.add(of(0, 0, 0, 90));
      ends.add(of(0, 1, 95, 190));
      ends.add(of(1, 0, 10, 100));
      ends.add(of(1, 1, 120, 200));
      ends.add(of(1, 2, 210, 290));
      ends.add(of(0, 2, 205, 300));
    }
  }

  @Test
  void countsARoundFromOneModelToTheNext() throws Exception {
    Measured measured =
        new Measurement(parent, site -> new float[1])
            .of(
                new Played(),
                new Cell(2, 10),
                new Plan(
                    2,
                    1,
                    new Plan.Limits(
                        Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10))));
    assertThat(measured.rounds()).isEqualTo(2);
    assertThat(measured.roundP50Millis()).isEqualTo(100);
    assertThat(measured.exchangeP50Millis()).isEqualTo(80);
  }
}
