package io.swarmstream.lab.bench.peers;

import java.math.BigDecimal;

/** One measured size: a number of sites and a number of parameters. */
public record Cell(int sites, long parameters) {
  private static final long MILLION = 1_000_000;

  public Cell {
    atLeastOne("--sites", sites);
    atLeastOne("--parameters", parameters);
  }

  private static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; it has to be at least 1");
    }
  }

  /** Number of values that all sites together send in a round. */
  long values() {
    return sites * parameters;
  }

  long modelBytes() {
    return parameters * Float.BYTES;
  }

  /** The size as people write it: {@code 8 x 11.7M}. */
  @Override
  public String toString() {
    return sites
        + " x "
        + (parameters >= MILLION
            ? scaled(6) + "M"
            : parameters >= 1_000 ? scaled(3) + "k" : parameters);
  }

  private String scaled(int zeros) {
    return BigDecimal.valueOf(parameters, zeros).stripTrailingZeros().toPlainString();
  }
}
