package io.swarmstream.testkit.misfortune;

import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Creates scenarios from seeds. */
public final class Scenarios {
  /** Short, so that a scenario takes few ticks; long compared with the pauses between them. */
  static final long GRACE_MS = 2_000;

  private static final List<String> METHODS = List.of("mean", "coordmedian", "geomedian");

  private final Random random;
  private final int sites;
  private final int chunks;
  private final List<Happening> happenings = new ArrayList<>();

  private Scenarios(Random random, int sites, int chunks) {
    this.random = random;
    this.sites = sites;
    this.chunks = chunks;
  }

  /** Returns the scenario of a seed, which is always the same. */
  public static Scenario of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    int sites = 2 + random.nextInt(4);
    int minPeers = 1 + random.nextInt(sites);
    int chunks = 1 + random.nextInt(4);
    TestContract contract =
        TestContract.of(
            "c",
            METHODS.get(random.nextInt(METHODS.size())),
            sites,
            minPeers,
            GRACE_MS,
            4L * chunks - random.nextInt(4),
            4);
    int enrolled = random.nextInt(3) > 0 ? sites : 1 + random.nextInt(sites);
    Scenarios making = new Scenarios(random, sites, chunks);
    making.fill(5 + random.nextInt(60), random.nextInt(4) == 0);
    return new Scenario(
        seed, contract, enrolled, 1 << random.nextInt(3), List.copyOf(making.happenings));
  }

  private void fill(int count, boolean chainLate) {
    int createAt = chainLate ? random.nextInt(8) : 0;
    for (int i = 0; i < count; i++) {
      if (i == createAt) {
        happenings.add(new Happening.Create());
      }
      happenings.add(next());
      if (random.nextInt(3) > 0) {
        happenings.add(new Happening.Pass(passage()));
      }
    }
  }

  /** Usually a few steps, occasionally enough to complete a round. */
  private int passage() {
    return random.nextInt(5) == 0 ? 200 + random.nextInt(400) : random.nextInt(40);
  }

  private Happening next() {
    int site = random.nextInt(sites);
    int kind = random.nextInt(100);
    if (kind < 38) {
      return new Happening.Send(site, variant(), allChunks(), 0);
    } else if (kind < 46) {
      List<Integer> some = allChunks();
      return new Happening.Send(
          site, variant(), List.copyOf(some.subList(0, random.nextInt(some.size()))), 0);
    } else if (kind < 50) {
      return new Happening.Send(site, variant(), allChunks(), 1 + random.nextInt(2));
    } else if (kind < 62) {
      return new Happening.Checkpoint(true);
    } else if (kind < 64) {
      return new Happening.Checkpoint(false);
    } else if (kind < 70) {
      return new Happening.Crash(1 << random.nextInt(3));
    } else if (kind < 78) {
      return new Happening.Wait(random.nextInt(3) == 0 ? GRACE_MS : random.nextInt(1_000));
    } else if (kind < 81) {
      return new Happening.Say(site, random.nextBoolean());
    } else if (kind < 83) {
      return new Happening.Enrol(site);
    } else if (kind < 84) {
      return new Happening.Remove(site);
    } else if (kind < 87) {
      return new Happening.Chain(random.nextBoolean());
    }
    Lie[] lies = Lie.values();
    return new Happening.Tell(site, lies[random.nextInt(lies.length)], random.nextInt(1_000));
  }

  /** A site that trains again usually produces the same delta. */
  private int variant() {
    return random.nextInt(6) == 0 ? 1 + random.nextInt(2) : 0;
  }

  private List<Integer> allChunks() {
    List<Integer> all = new ArrayList<>(IntStream.range(0, chunks).boxed().toList());
    if (random.nextInt(3) == 0) {
      Collections.shuffle(all, random);
    }
    if (random.nextInt(5) == 0) {
      all.add(random.nextInt(chunks));
    }
    return List.copyOf(all);
  }
}
