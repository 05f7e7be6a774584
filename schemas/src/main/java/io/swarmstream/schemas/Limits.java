package io.swarmstream.schemas;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits that no site may exceed in a round, in the text form of the terms: {@code
 * share=1/2;norm=median*100}.
 *
 * <p>{@code share} is a fraction; each site's share of the weight stays below it when at least
 * three sites count. {@code norm} is the longest that a delta may be: a length, or {@code median*}
 * and a multiple of the round's median length. Either may be missing; without both, the text is
 * empty. Each meaning has exactly one text, because terms are compared by their hash.
 *
 * @param text the text form in the terms
 */
public record Limits(String text) implements Serializable {
  /** Maximum length in bytes of the text that the smart contract accepts. */
  public static final int MAX_BYTES = 64;

  private static final Pattern TEXT =
      Pattern.compile("(?:share=(?<share>[^;]+))?(?:(?:^|;)norm=(?<norm>[^;]+))?");
  private static final Pattern FRACTION =
      Pattern.compile("(?<numerator>[1-9]\\d{0,2})/(?<denominator>[1-9]\\d{0,2})");
  private static final Pattern NORM =
      Pattern.compile(
          "(?<median>median\\*)?(?<value>\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,2})?)");

  private static final int MOST_DIGITS = 15;

  /** Roughly the smallest length that float32 values can have. */
  private static final BigDecimal LEAST_NORM = new BigDecimal("1e-40");

  private static final BigDecimal GREATEST_NORM = new BigDecimal("1e45");

  private static final String MEDIAN = "median*";

  /** No limits, as in all terms that predate limits. */
  public static final Limits NONE = new Limits("");

  public Limits {
    Matcher parts = TEXT.matcher(text);
    if (text.length() > MAX_BYTES || !parts.matches()) {
      throw new IllegalArgumentException(
          "limits are '%s'; they have to look like share=1/2;norm=median*100, of at most %d characters, either part may be left out"
              .formatted(text, MAX_BYTES));
    }
    String canonical =
        text(
            Optional.ofNullable(parts.group("share")).map(Limits::canonicalShare),
            Optional.ofNullable(parts.group("norm")).map(Limits::canonicalNorm));
    if (!canonical.equals(text)) {
      throw new IllegalArgumentException(
          "limits are '%s'; terms are compared letter by letter: write them as '%s'"
              .formatted(text, canonical));
    }
  }

  /**
   * A limit on a site's share of the weight.
   *
   * @param numerator at least 1
   * @param denominator of a fraction in its lowest terms
   */
  public record Share(int numerator, int denominator) {}

  /**
   * A limit on the length of a delta.
   *
   * @param value a length, or a multiple of the median length
   * @param ofMedian whether the value is a multiple
   */
  public record Norm(double value, boolean ofMedian) {}

  /**
   * Parses limits as people write them, in any form of the same numbers.
   *
   * @param share such as {@code 1/2}; empty: none
   * @param norm such as {@code 2.50} or {@code median*10}; empty: none
   * @throws IllegalArgumentException if the texts are not valid limits
   */
  public static Limits of(Optional<String> share, Optional<String> norm) {
    return new Limits(text(share.map(Limits::canonicalShare), norm.map(Limits::canonicalNorm)));
  }

  private static String text(Optional<String> share, Optional<String> norm) {
    return share.map(fraction -> "share=" + fraction).orElse("")
        + (share.isPresent() && norm.isPresent() ? ";" : "")
        + norm.map(length -> "norm=" + length).orElse("");
  }

  private static String canonicalShare(String text) {
    Matcher fraction = FRACTION.matcher(text);
    if (fraction.matches()) {
      int numerator = Integer.parseInt(fraction.group("numerator"));
      int denominator = Integer.parseInt(fraction.group("denominator"));
      // Three sites of equal weight have a third each.
      if (numerator < denominator && 3 * numerator > denominator) {
        int common = commonDivisor(numerator, denominator);
        return numerator / common + "/" + denominator / common;
      }
    }
    throw new IllegalArgumentException(
        "a share limit of '"
            + text
            + "'; it has to be a fraction above 1/3 and below 1, such as 1/2");
  }

  private static int commonDivisor(int one, int other) {
    return other == 0 ? one : commonDivisor(other, one % other);
  }

  private static String canonicalNorm(String text) {
    Matcher norm = NORM.matcher(text);
    if (norm.matches()) {
      BigDecimal value = new BigDecimal(norm.group("value")).stripTrailingZeros();
      boolean ofMedian = norm.group("median") != null;
      if (value.precision() <= MOST_DIGITS
          && value.compareTo(ofMedian ? BigDecimal.ONE : LEAST_NORM) >= 0
          && value.compareTo(GREATEST_NORM) <= 0) {
        return (ofMedian ? MEDIAN : "") + plain(value);
      }
    }
    throw new IllegalArgumentException(
        "a norm limit of '"
            + text
            + "'; it has to be a length above 0 of at most 15 digits, such as 12.5, or a multiple of the median of at least 1, such as"
            + " median*100");
  }

  /** Writes numbers that are short enough without an exponent. */
  private static String plain(BigDecimal value) {
    String plain = value.toPlainString();
    return plain.length() <= MOST_DIGITS ? plain : value.toString();
  }

  /** Returns the share as text. */
  public Optional<String> shareText() {
    return Optional.ofNullable(parts().group("share"));
  }

  /** Returns the norm as text. */
  public Optional<String> normText() {
    return Optional.ofNullable(parts().group("norm"));
  }

  /** Returns the share that each site's weight stays below; empty: weights are as sites ask. */
  public Optional<Share> share() {
    return shareText()
        .map(
            fraction -> {
              int slash = fraction.indexOf('/');
              return new Share(
                  Integer.parseInt(fraction.substring(0, slash)),
                  Integer.parseInt(fraction.substring(slash + 1)));
            });
  }

  /** Returns the longest that a delta may be; empty: any length that float32 can represent. */
  public Optional<Norm> norm() {
    return normText()
        .map(
            norm -> {
              boolean ofMedian = norm.startsWith(MEDIAN);
              return new Norm(
                  Double.parseDouble(ofMedian ? norm.substring(MEDIAN.length()) : norm), ofMedian);
            });
  }

  private Matcher parts() {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException(text);
    }
    return parts;
  }

  /** Whether there are no limits. */
  public boolean isNone() {
    return text.isEmpty();
  }
}
