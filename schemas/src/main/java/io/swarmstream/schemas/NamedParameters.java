package io.swarmstream.schemas;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A name with parameters in the text of a term, such as {@code lr=1,momentum=0.9}. Each meaning has
 * exactly one text: all parameters in their order, numbers without superfluous zeros.
 *
 * @param what the term, for messages: {@code optimizer}
 * @param word the name
 * @param parameters in their order
 * @param example how somebody may write it, for messages
 */
record NamedParameters(String what, String word, List<Parameter> parameters, String example) {
  static final int MOST_DECIMALS = 12;

  private static final Pattern NUMBER =
      Pattern.compile("\\d{1,6}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,2})?");

  /**
   * A parameter and the numbers that it takes.
   *
   * @param usual its default; {@link #NOT_THERE}: without it the text has no such parameter; null:
   *     it has to be given
   */
  record Parameter(String name, @Nullable String usual, Range range) {
    static final String NOT_THERE = "";
  }

  /**
   * Numbers from a least to a greatest one.
   *
   * @param withLeast whether the least number itself is one of them
   * @param withMost whether the greatest is
   */
  record Range(BigDecimal least, boolean withLeast, BigDecimal most, boolean withMost) {
    /** Numbers above 0, up to a greatest one. */
    static Range aboveZero(long most) {
      return new Range(BigDecimal.ZERO, false, BigDecimal.valueOf(most), true);
    }

    /** Numbers from 0 to a greatest one. */
    static Range upTo(long most) {
      return new Range(BigDecimal.ZERO, true, BigDecimal.valueOf(most), true);
    }

    boolean has(BigDecimal value) {
      int low = value.compareTo(least);
      int high = value.compareTo(most);
      return (low > 0 || (withLeast && low == 0)) && (high < 0 || (withMost && high == 0));
    }

    @Override
    public String toString() {
      return "%s %s and %s %s"
          .formatted(
              withLeast ? "at least" : "above",
              least.toPlainString(),
              withMost ? "at most" : "below",
              most.toPlainString());
    }
  }

  /**
   * Returns the parameters in their order, without those that are left out and have no default.
   *
   * @param text the whole term, for messages
   * @param assignments what is said of them; empty: nothing
   * @throws IllegalArgumentException naming what is wrong and what is possible
   */
  Map<String, BigDecimal> values(String text, String assignments) {
    Map<String, String> given = given(text, assignments);
    Map<String, BigDecimal> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String written = given.remove(parameter.name());
      if (written != null || !Parameter.NOT_THERE.equals(parameter.usual())) {
        values.put(
            parameter.name(),
            value(text, parameter, written == null ? parameter.usual() : written));
      }
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "%s '%s' has no parameter '%s'; %s has %s"
              .formatted(what, text, given.keySet().iterator().next(), word, names()));
    }
    return values;
  }

  /** Returns the one text of some values. */
  static String written(Map<String, BigDecimal> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue().toPlainString())
        .collect(Collectors.joining(","));
  }

  private Map<String, String> given(String text, String assignments) {
    Map<String, String> given = new LinkedHashMap<>();
    if (assignments.isEmpty()) {
      return given;
    }
    for (String assignment : assignments.split(",", -1)) {
      String[] parts = assignment.split("=", -1);
      if (parts.length != 2 || given.putIfAbsent(parts[0], parts[1]) != null) {
        throw malformed(text);
      }
    }
    return given;
  }

  /** What is thrown for a text that has another form. */
  IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "%s '%s' is not a name and parameters, each once; write %s, for instance"
            .formatted(what, text, example));
  }

  private String names() {
    return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  private BigDecimal value(String text, Parameter parameter, @Nullable String written) {
    if (written == null) {
      throw new IllegalArgumentException(
          "%s '%s' does not say %s; write %s, for instance"
              .formatted(what, text, parameter.name(), example));
    }
    if (NUMBER.matcher(written).matches()) {
      BigDecimal value = new BigDecimal(written).stripTrailingZeros();
      if (value.scale() <= MOST_DECIMALS && parameter.range().has(value)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s parameter %s is '%s'; it has to be %s, with at most %d decimals"
            .formatted(what, parameter.name(), written, parameter.range(), MOST_DECIMALS));
  }
}
