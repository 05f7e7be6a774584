package io.swarmstream.testkit.misfortune;

import java.util.List;

/** One event of a scenario, as data. Sites are numbered in order of address. */
public sealed interface Happening {
  /** Some of what is in flight makes progress. */
  record Pass(int steps) implements Happening {
    @Override
    public String toString() {
      return steps + " things on their way get on";
    }
  }

  /** Time passes. */
  record Wait(long ms) implements Happening {
    @Override
    public String toString() {
      return ms + " ms go by";
    }
  }

  /**
   * A site sends chunks of a contribution: all or some, in any order, possibly repeated.
   *
   * @param variant which of the deltas that the site might produce in the round
   * @param roundsBack 0: to the round after the newest model; otherwise that many rounds too late
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

  /** A site announces that it joins or leaves. */
  record Say(int site, boolean joined) implements Happening {
    @Override
    public String toString() {
      return "site %d says that it %s".formatted(site, joined ? "joins" : "leaves");
    }
  }

  /** A site, or somebody in its name, sends what must be rejected. */
  record Tell(int site, Lie lie, int detail) implements Happening {
    @Override
    public String toString() {
      return "site %d lies: %s (%d)".formatted(site, lie.words(), detail);
    }
  }

  /** The contract is created with the sites enrolled at first. */
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

  /** The chain becomes unreachable or reachable; events in between are delivered later. */
  record Chain(boolean away) implements Happening {
    @Override
    public String toString() {
      return away ? "the chain goes away" : "the chain is back";
    }
  }

  /** A checkpoint starts, or the one in progress is declined. */
  record Checkpoint(boolean start) implements Happening {
    @Override
    public String toString() {
      return start ? "a checkpoint starts" : "the checkpoint under way is given up";
    }
  }

  /** All processes of the job are lost, or its broker's transactions, which has the same effect. */
  record Crash(int parallelism) implements Happening {
    @Override
    public String toString() {
      return "the job is lost and comes back with parallelism " + parallelism;
    }
  }
}
