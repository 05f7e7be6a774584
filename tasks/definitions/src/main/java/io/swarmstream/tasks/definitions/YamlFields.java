package io.swarmstream.tasks.definitions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a map, taken one by one; what is left over is warned about. */
final class YamlFields {
  private final YamlValue map;
  private final Map<String, YamlValue> left;
  private final List<String> known;

  private YamlFields(YamlValue map, Map<String, YamlValue> left, List<String> known) {
    this.map = map;
    this.left = left;
    this.known = known;
  }

  /**
   * The fields of a map, or of a list of maps with one pair each. Names in another case are
   * accepted, with a warning.
   *
   * @param known names of all fields that mean something
   */
  static YamlFields of(YamlValue value, String... known) {
    String expected = "a map of " + String.join(", ", known);
    if (value.isNull()) {
      throw value.problem("is empty", expected);
    }
    Map<String, YamlValue> fields = value.entries(expected);
    Map<String, String> names = new HashMap<>();
    for (String name : known) {
      names.put(name.toLowerCase(Locale.ROOT), name);
    }
    for (String key : List.copyOf(fields.keySet())) {
      String name = names.get(key.toLowerCase(Locale.ROOT));
      if (name != null && !name.equals(key) && !fields.containsKey(name)) {
        YamlValue field = fields.remove(key);
        if (field != null) {
          fields.put(name, field);
          field.warn("field " + key + " is called " + name);
        }
      }
    }
    return new YamlFields(value, fields, Arrays.asList(known));
  }

  /** What a map, or a list of one, has under a name; the value itself without it. */
  static YamlValue inside(YamlValue value, String name) {
    if (!value.isMap() && !(value.isList() && value.list().size() == 1)) {
      return value;
    }
    Map<String, YamlValue> entries = value.entries("a map of " + name);
    YamlValue inner = entries.remove(name);
    if (inner == null || (inner.isNull() && !entries.isEmpty())) {
      return value; // its fields stand beside the name, or the name is missing
    }
    entries.forEach(
        (other, beside) -> beside.warn("field " + other + " beside " + name + " is ignored"));
    return inner;
  }

  /** A field; empty where it is missing. It may be null. */
  Optional<YamlValue> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  /** A field that is there and not null, made into something; empty otherwise. */
  <T> Optional<T> optional(String name, Function<YamlValue, T> read) {
    return take(name).filter(value -> !value.isNull()).map(read);
  }

  Optional<String> optionalText(String name, String expected) {
    return optional(name, value -> value.text(expected));
  }

  YamlValue required(String name, String expected) {
    return take(name)
        .orElseThrow(
            () ->
                map.source()
                    .problem(
                        map.line(),
                        map.column(),
                        "field " + name + " is missing, expected " + expected));
  }

  String text(String name, String expected) {
    return required(name, expected).text(expected);
  }

  /** Warns about all fields that nobody took. */
  void warnAboutTheRest() {
    left.forEach(
        (name, value) ->
            value.warn(
                "field "
                    + name
                    + " is unknown and ignored; known are "
                    + String.join(", ", known)));
    left.clear();
  }

  /** Fails on a field that nobody took. */
  void refuseTheRest() {
    left.forEach(
        (name, value) -> {
          throw value.problem("is unknown", "one of " + String.join(", ", known));
        });
  }

  List<String> known() {
    return known;
  }
}
