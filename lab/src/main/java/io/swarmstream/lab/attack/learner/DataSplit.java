package io.swarmstream.lab.attack.learner;

import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.examples.digits.SplitOptions;
import java.util.Locale;

/** How samples are dealt to sites. */
public enum DataSplit {
  /** Every site has as many samples of each class. */
  EVEN(10, 0),
  /** About nine tenths of a site's samples are of four of the ten classes. */
  SKEWED(4, 0.1);

  private static final double TEST_SHARE = 0.2;

  private final int favouredClasses;
  private final double scatteredShare;

  DataSplit(int favouredClasses, double scatteredShare) {
    this.favouredClasses = favouredClasses;
    this.scatteredShare = scatteredShare;
  }

  /** Deals samples; a fifth of them becomes the test set. */
  public DigitSplit deal(Samples all, int sites, long seed) {
    return DigitSplit.of(
        all, new SplitOptions(sites, favouredClasses, scatteredShare, TEST_SHARE, seed));
  }

  /** As options and results name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
