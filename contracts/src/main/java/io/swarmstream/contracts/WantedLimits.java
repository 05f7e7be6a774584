package io.swarmstream.contracts;

import io.swarmstream.schemas.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits that somebody wants in a contract; what is left out is usual for the merge method.
 *
 * @param share such as {@code 1/2}, or {@code none}; null: the usual limit
 * @param norm such as {@code 12.5} or {@code median*100}, or {@code none}; null: the usual limit
 */
public record WantedLimits(@Nullable String share, @Nullable String norm) {
  /** The usual limits. */
  public static final WantedLimits USUAL = new WantedLimits(null, null);

  private static final String NONE = "none";

  public WantedLimits {
    // Throws if one cannot be parsed.
    var unused = or(share, norm, Limits.NONE);
  }

  /** The limits of the terms. */
  public Limits or(Limits usual) {
    return or(share, norm, usual);
  }

  private static Limits or(@Nullable String share, @Nullable String norm, Limits usual) {
    return Limits.of(
        share == null ? usual.shareText() : limit(share),
        norm == null ? usual.normText() : limit(norm));
  }

  private static Optional<String> limit(String wanted) {
    return wanted.equals(NONE) ? Optional.empty() : Optional.of(wanted);
  }
}
