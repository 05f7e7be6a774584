package io.swarmstream.cli.options;

import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.WantedLimits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit one site's influence on a contract's rounds. */
public final class LimitChoice {
  @Option(
      names = "--max-weight",
      paramLabel = "W",
      description =
          "Greatest weight that a site may ask for: those of --sites without one of their own, and those that enrol"
              + " themselves by a draft. Default: ${DEFAULT-VALUE}.")
  private int maxWeight = ContractOwner.USUAL_MAX_WEIGHT;

  @Option(
      names = "--max-share",
      paramLabel = "P/Q",
      description =
          "When three sites or more count in a round, no site's share of the weight reaches this; greater weights are"
              + " lowered. none: no limit. Default: 1/2, and none for mean, trimmedmean and bulyan.")
  private @Nullable String maxShare;

  @Option(
      names = "--max-norm",
      paramLabel = "LENGTH",
      description =
          "Deltas longer than this are scaled down to it: a length, or median*K, a multiple of the round's median length"
              + " when three sites or more count. none: no limit. Default: median*100 for mean, else none.")
  private @Nullable String maxNorm;

  /**
   * The limits that the options request.
   *
   * @throws IllegalArgumentException when a limit is invalid; names the option
   */
  public WantedLimits limits() {
    return new WantedLimits(
        checked("--max-share", () -> new WantedLimits(maxShare, null)).share(),
        checked("--max-norm", () -> new WantedLimits(null, maxNorm)).norm());
  }

  private static WantedLimits checked(String option, Supplier<WantedLimits> limit) {
    try {
      return limit.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /**
   * Greatest weight of a site.
   *
   * @throws IllegalArgumentException when the weight is invalid; names the option
   */
  public int maxWeight() {
    if (maxWeight < 1) {
      throw new IllegalArgumentException("--max-weight must be at least 1, got " + maxWeight);
    }
    return maxWeight;
  }
}
