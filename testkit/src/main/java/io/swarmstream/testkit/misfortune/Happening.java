package io.swarmstream.testkit.misfortune;

import java.util.List;

/** One thing that happens in a scenario, as data; sites are numbered in the order of address. */
public sealed interface Happening {
  /** Some of what is on its way gets on. */
  record Pass(int steps) implements Happening {
    @Override
    public String toString() {
      return steps + " things on their way get on";
    }
  }

  /** Time goes by. */
  record Wait(long ms) implements Happening {
    @Override
    public String toString() {
      return ms + " ms go by";
    }
  }

  /**
   * A site sends chunks of a contribution: all or a part, in any order, some of them repeatedly.
   *
   * @param variant which of the deltas that the site might come to in the round
   * @param roundsBack 0: to the round after the newest model; else that many rounds too late
   */
  record Send(int site, int variant, List<Integer> chunks, int roundsBack) implements Happening {
    @Override
    public String toString() {
      return "site %d sends chunks %s of its delta %s%s"
          .formatted(
              site,
              chunks,
              (char) ('A' + variant),
              roundsBack == 0 ? "" : ", " + roundsBack + " rounds late");
    }
  }

  /** A site says that it takes part, or leaves. */
  record Say(int site, boolean joined) implements Happening {
    @Override
    public String toString() {
      return "site %d says that it %s".formatted(site, joined ? "joins" : "leaves");
    }
  }

  /** A site, or somebody in its name, sends what should not get in. */
  record Tell(int site, Lie lie, int detail) implements Happening {
    @Override
    public String toString() {
      return "site %d lies: %s (%d)".formatted(site, lie.words(), detail);
    }
  }

  /** The contract is created, with the sites that are enrolled at first. */
  record Create() implements Happening {
    @Override
    public String toString() {
      return "the job hears of the contract";
    }
  }

  /** A site is enrolled, or enrolled again. */
  record Enrol(int site) implements Happening {
    @Override
    public String toString() {
      return "site " + site + " is enrolled";
    }
  }

  /** A site is removed from the contract. */
  record Remove(int site) implements Happening {
    @Override
    public String toString() {
      return "site " + site + " is removed";
    }
  }

  /** The chain goes away, or is back; what happens on it meanwhile is heard of later. */
  record Chain(boolean away) implements Happening {
    @Override
    public String toString() {
      return away ? "the chain goes away" : "the chain is back";
    }
  }

  /** A checkpoint starts, or the one under way is given up. */
  record Checkpoint(boolean start) implements Happening {
    @Override
    public String toString() {
      return start ? "a checkpoint starts" : "the checkpoint under way is given up";
    }
  }

  /** All of the job's processes are lost, or its broker's transactions, which comes to the same. */
  record Crash(int parallelism) implements Happening {
    @Override
    public String toString() {
      return "the job is lost and comes back with parallelism " + parallelism;
    }
  }
}
