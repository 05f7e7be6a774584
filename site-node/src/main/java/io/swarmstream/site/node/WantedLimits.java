package io.swarmstream.site.node;

import io.swarmstream.schemas.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a contract is wanted with; each may be left to what is usual for its merge
 * method.
 *
 * @param share such as {@code 1/2}; {@code none}; null: what is usual
 * @param norm such as {@code 12.5} or {@code median*100}; {@code none}; null: what is usual
 */
public record WantedLimits(@Nullable String share, @Nullable String norm) {
  /** Whatever is usual. */
  public static final WantedLimits USUAL = new WantedLimits(null, null);

  private static final String NONE = "none";

  public WantedLimits {
    // Fails on what is no limit.
    var unused = or(share, norm, Limits.NONE);
  }

  /** The terms', with the usual ones where nothing else is wanted. */
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
