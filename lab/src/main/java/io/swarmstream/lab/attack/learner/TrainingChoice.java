package io.swarmstream.lab.attack.learner;

import picocli.CommandLine.Option;

/** The options that say what is trained, and how often. */
public final class TrainingChoice {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "${COMPLETION-CANDIDATES}; of fashion-mnist 3,000 images. Default: ${DEFAULT-VALUE}.")
  private AttackData data = AttackData.DIGITS;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      description = "Trainings for each figure. Default: ${DEFAULT-VALUE}.")
  private int seeds = 3;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the first of them. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  public AttackData data() {
    return data;
  }

  /** How many trainings. */
  public int seeds() {
    return seeds;
  }

  /** Of the first training; the others follow. */
  public long firstSeed() {
    return seed;
  }
}
