package io.swarmstream.lab.bench;

import io.swarmstream.lab.bench.peers.Cell;
import io.swarmstream.lab.bench.peers.Contestant;
import io.swarmstream.lab.bench.peers.Plan;
import io.swarmstream.lab.bench.peers.RoundClock;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.DeltaEncoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs Swarmstream as {@code swarm bench rounds} does, with memory for all models and a round's
 * deltas, because the peers use that much, too.
 */
final class SwarmContestant implements Contestant {
  private static final String NAME = "swarmstream";

  /**
   * Configured memory of the broker, the Ethereum node, the JobManager and the standby TaskManager.
   */
  private static final long OTHERS = 3L << 30;

  private final DeltaEncoding encoding;

  SwarmContestant(DeltaEncoding encoding) {
    this.encoding = encoding;
  }

  @Override
  public String name() {
    return encoding.isLossy() ? NAME + "-" + encoding.code() : NAME;
  }

  @Override
  public String what() {
    return "mean of deltas as "
        + encoding.code()
        + "; broker, Ethereum node and Flink as processes; signed, exactly once, anchored";
  }

  @Override
  public int warmUp(Plan plan) {
    return plan.warmUp();
  }

  @Override
  public long memoryBytes(Cell cell) {
    RoundsOptions options = options(cell, 1, 1);
    return OTHERS + ((options.siteHeapMiB() + (long) options.flinkMemoryMiB()) << 20);
  }

  @Override
  public void run(Cell cell, Plan plan, Path folder, RoundClock log) throws Exception {
    RoundsOptions options = options(cell, plan.rounds(), plan.warmUp());
    RoundEnds ends = new RoundEnds(options.sites(), options.allRounds(), log);
    new RoundsBenchmark(options, Steps.silent(), ends::add).runRounds();
  }

  private RoundsOptions options(Cell cell, int rounds, int warmUp) {
    return RoundsOptions.inMemory(cell.sites(), cell.parameters(), encoding, rounds, warmUp);
  }

  /** Reports rounds in order, each once all sites have reported it. */
  static final class RoundEnds {
    private final int sites;
    private final int rounds;
    private final RoundClock log;
    private final Map<Long, List<SiteRound>> open = new TreeMap<>();

    RoundEnds(int sites, int rounds, RoundClock log) {
      this.sites = sites;
      this.rounds = rounds;
      this.log = log;
    }

    synchronized void add(SiteRound one) {
      List<SiteRound> all = open.computeIfAbsent(one.round(), unused -> new ArrayList<>());
      all.add(one);
      if (all.size() == sites) {
        open.remove(one.round());
        tell((int) one.round(), all);
      }
    }

    private void tell(int round, List<SiteRound> all) {
      if (round == 0) {
        log.begin(all.stream().mapToDouble(SiteRound::handedOver).min().orElseThrow());
      }
      for (SiteRound one : all) {
        log.handedOver(round, one.handedOver());
        log.received(round + 1, one.confirmed());
      }
      double end = all.stream().mapToDouble(SiteRound::confirmed).max().orElseThrow();
      if (round + 1 == rounds) {
        log.end(end);
      } else {
        log.begin(end);
      }
    }
  }
}
