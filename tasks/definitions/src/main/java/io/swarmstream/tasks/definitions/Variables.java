package io.swarmstream.tasks.definitions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Variables of an environment, in their order.
 *
 * @param entries by name; without a value where the variable is taken away ({@code ~})
 */
public record Variables(Map<String, Optional<String>> entries) {
  /** No variables. */
  public static final Variables NONE = new Variables(Map.of());

  private static final String EXPECTED = "a list of pairs, such as [\"MIN_PEERS\": 2]";

  /** Keeps the order. */
  public Variables {
    entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Variables that are all set. */
  public static Variables of(Map<String, String> values) {
    Map<String, Optional<String>> entries = new LinkedHashMap<>();
    values.forEach((name, value) -> entries.put(name, Optional.of(value)));
    return new Variables(entries);
  }

  /**
   * Reads a list of maps, a map, or a list of texts {@code NAME=VALUE}. A variable that is given
   * twice has the last value.
   */
  static Variables read(YamlValue value) {
    Map<String, Optional<String>> entries = new LinkedHashMap<>();
    for (YamlValue element : value.list()) {
      if (element.isMap()) {
        element.entries(EXPECTED).forEach((name, text) -> put(entries, name, text));
        continue;
      }
      String text = element.text(EXPECTED);
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw element.problem("is '" + text + "'", EXPECTED);
      }
      checkName(element, text.substring(0, equals));
      entries.put(text.substring(0, equals), Optional.of(text.substring(equals + 1)));
    }
    return new Variables(entries);
  }

  private static void put(Map<String, Optional<String>> entries, String name, YamlValue value) {
    checkName(value, name);
    if (entries.containsKey(name)) {
      value.warn("variable " + name + " is given a second time; this one counts");
    }
    entries.put(name, value.optionalText("a text, a number, or ~ to take the variable away"));
  }

  private static void checkName(YamlValue value, String name) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw value.problem("has the name '" + name + "'", "a variable's name without '='");
    }
  }

  /** These variables and, where they say nothing, others. */
  public Variables over(Variables lower) {
    Map<String, Optional<String>> merged = new LinkedHashMap<>(lower.entries);
    merged.putAll(entries);
    return new Variables(merged);
  }

  /** The variables that have a value. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    entries.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
    return values;
  }
}
