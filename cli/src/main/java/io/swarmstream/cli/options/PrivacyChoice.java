package io.swarmstream.cli.options;

import io.swarmstream.schemas.Privacy;
import picocli.CommandLine.Option;

/** The option that selects what sites do to their deltas before they send them. */
public final class PrivacyChoice {
  @Option(
      names = "--privacy",
      paramLabel = "TEXT",
      converter = ByText.class,
      description =
          "What sites do to their deltas before they send them: 'dp(clip=C,noise=Z,delta=D)' scales "
              + "each delta down to a length of at most C and adds noise, Z times C over the sum of "
              + "--min-peers sites, and with quantile=Q in it the clip follows that quantile of the "
              + "deltas' lengths, beginning at C; 'masked(range=R)' shows nobody a delta, but only the sum of all, if no "
              + "value exceeds R; 'grouped(groups=G,range=R)' only the sums of G groups, whose means another "
              + "--merge than mean compares. Join dp and one of the others by +. Default: none.")
  private Privacy privacy = Privacy.NONE;

  /** The privacy, as the contract's terms hold it. */
  public Privacy privacy() {
    return privacy;
  }

  /** Converts the term as people write it. */
  static final class ByText extends TermConverter<Privacy> {
    ByText() {
      super(Privacy::of);
    }
  }
}
