package io.swarmstream.cli.options;

import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.DeltaEncoding;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select how a contract merges. */
public final class MergeChoice {
  @Option(
      names = "--merge",
      paramLabel = "METHOD",
      completionCandidates = Methods.class,
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String merge = "mean";

  @Option(
      names = "--tolerate",
      paramLabel = "F",
      description =
          "Number of bad sites that trimmedmean, multikrum, bulyan and nnm tolerate; METHOD may contain "
              + "it as well, after a colon.")
  private @Nullable Integer tolerate;

  @Option(
      names = "--pre",
      paramLabel = "nnm",
      description =
          "Step before the merge: nnm replaces each delta by the mean of those nearest to it.")
  private @Nullable String pre;

  /** Lists the methods for the help. */
  static final class Methods implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MergeMethods.specifications().iterator();
    }
  }

  /**
   * The merge specification, as the contract's terms hold it.
   *
   * @throws IllegalArgumentException when the method does not exist; names the option
   */
  public String specification() {
    if (pre != null && !pre.equals("nnm")) {
      throw new IllegalArgumentException("--pre must be nnm, got '" + pre + "'");
    }
    String specification =
        (pre == null ? "" : pre + "+") + merge + (tolerate == null ? "" : ":" + tolerate);
    return checked(specification, Integer.MAX_VALUE);
  }

  /**
   * Checks a specification against the contract's minPeers and encoding, and returns it.
   *
   * @throws IllegalArgumentException when a round might have too few sites, or deltas that the
   *     method does not merge; names the option
   */
  public static String checked(String specification, int minPeers, DeltaEncoding encoding) {
    String checked = checked(specification, minPeers);
    if (encoding.isSparse()) {
      named(() -> MergeMethods.named(specification).requireMergesSparse(encoding.code()));
    }
    return checked;
  }

  private static String checked(String specification, int minPeers) {
    named(() -> MergeMethods.named(specification).requirePeers(minPeers));
    return specification;
  }

  private static void named(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--merge: " + e.getMessage(), e);
    }
  }
}
