package io.swarmstream.schemas;

import io.swarmstream.schemas.NamedParameters.Parameter;
import io.swarmstream.schemas.NamedParameters.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of {@link Privacy}: its parts, and their parameters. */
final class PrivacyText {
  /** Parameter of an adaptive clip; terms without it have a fixed one. */
  static final String QUANTILE = "quantile";

  private static final String WHAT = "privacy";

  private static final Range BETWEEN_ZERO_AND_ONE =
      new Range(BigDecimal.ZERO, false, BigDecimal.ONE, false);

  static final NamedParameters DP =
      new NamedParameters(
          WHAT,
          "dp",
          List.of(
              new Parameter("clip", null, Range.aboveZero(1_000_000)),
              new Parameter("noise", null, Range.upTo(1_000)),
              new Parameter("delta", "0.00001", BETWEEN_ZERO_AND_ONE),
              new Parameter(QUANTILE, Parameter.NOT_THERE, BETWEEN_ZERO_AND_ONE)),
          "dp(clip=1,noise=1.1)");

  static final NamedParameters MASKED =
      new NamedParameters(
          WHAT,
          "masked",
          List.of(new Parameter("range", "1", Range.aboveZero(1_000_000))),
          "masked(range=1)");

  static final NamedParameters GROUPED =
      new NamedParameters(
          WHAT,
          "grouped",
          List.of(
              new Parameter(
                  "groups",
                  null,
                  new Range(BigDecimal.valueOf(3), true, BigDecimal.valueOf(21), true)),
              new Parameter("range", "1", Range.aboveZero(1_000_000))),
          "grouped(groups=4,range=1)");

  /** The parts in the order of the text. */
  private static final List<NamedParameters> KINDS = List.of(DP, MASKED, GROUPED);

  private static final Pattern PART = Pattern.compile("([^()+]*)(?:\\(([^()]+)\\))?");

  /** A plus sign between two parts, not that of an exponent. */
  private static final Pattern JOIN = Pattern.compile("\\+(?![^()]*\\))");

  private PrivacyText() {}

  /** What people may write, with the parameters that they have to give. */
  static List<String> examples() {
    return List.of(Privacy.NO_NAME, DP.example(), MASKED.example(), GROUPED.example());
  }

  static String canonical(String text) {
    Map<NamedParameters, Map<String, BigDecimal>> parts = parts(text);
    List<String> written = new ArrayList<>();
    for (NamedParameters kind : KINDS) {
      @Nullable Map<String, BigDecimal> values = parts.get(kind);
      if (values != null) {
        written.add(kind.word() + "(" + NamedParameters.written(values) + ")");
      }
    }
    if (parts.containsKey(MASKED) && parts.containsKey(GROUPED)) {
      throw malformed(text);
    }
    Optional.ofNullable(parts.get(GROUPED)).ifPresent(values -> requireWholeGroups(text, values));
    return String.join("+", written);
  }

  private static void requireWholeGroups(String text, Map<String, BigDecimal> values) {
    BigDecimal groups = Objects.requireNonNull(values.get("groups"));
    if (groups.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "privacy '%s' has %s groups; use a whole number".formatted(text, groups));
    }
  }

  static Map<NamedParameters, Map<String, BigDecimal>> parts(String text) {
    Map<NamedParameters, Map<String, BigDecimal>> parts = new LinkedHashMap<>();
    for (String part : JOIN.split(text, -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw malformed(text);
      }
      NamedParameters kind = kind(matcher.group(1));
      @Nullable String assignments = matcher.group(2);
      if (parts.put(kind, kind.values(text, assignments == null ? "" : assignments)) != null) {
        throw malformed(text);
      }
    }
    return parts;
  }

  private static NamedParameters kind(String word) {
    return KINDS.stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no privacy '%s'; use %s, or dp and one of the others joined by +"
                        .formatted(word, String.join(", ", examples()))));
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "privacy '%s' has another form than %s, or dp and one of the others joined by +, each once"
            .formatted(text, String.join(", ", examples())));
  }
}
