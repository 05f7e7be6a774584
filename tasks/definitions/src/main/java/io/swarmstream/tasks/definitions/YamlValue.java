package io.swarmstream.tasks.definitions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of a YAML document: what it is, where it is, and what it is called in messages. Scalars
 * are taken as they are written: {@code 2} and {@code "2"} are the same text.
 */
final class YamlValue {
  private static final int DEEPEST = 30;
  private static final Set<String> TAGS =
      Set.of("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge");
  private static final Set<String> NULLS = Set.of("", "~", "null");
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y", "1");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n", "0");

  private final Node node;
  private final YamlSource source;
  private final String name;
  private final int depth;

  YamlValue(Node node, YamlSource source, String name) {
    this(node, source, name, 0);
  }

  private YamlValue(Node node, YamlSource source, String name, int depth) {
    this.node = node;
    this.source = source;
    this.name = name;
    this.depth = depth;
    source.count(this);
    if (depth > DEEPEST) {
      throw source.problem(
          line(), column(), name + " is nested deeper than " + DEEPEST + " levels");
    }
    String tag = node.getTag().getValue();
    if (!TAGS.contains(tag.replace("tag:yaml.org,2002:", ""))) {
      throw source.problem(
          line(),
          column(),
          name + " has the tag " + tag + ", expected a plain value; remove the tag");
    }
  }

  int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  int column() {
    return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
  }

  String name() {
    return name;
  }

  YamlSource source() {
    return source;
  }

  DefinitionException problem(String isWrong, String expected) {
    return source.problem(line(), column(), name + " " + isWrong + ", expected " + expected);
  }

  void warn(String text) {
    source.warn(this, text);
  }

  boolean isNull() {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && NULLS.contains(scalar.getValue().toLowerCase(Locale.ROOT));
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The text of a scalar that is not null. */
  String text(String expected) {
    if (isNull()) {
      throw problem("is empty", expected);
    }
    if (!(node instanceof ScalarNode scalar)) {
      throw problem(isMap() ? "is a map" : "is a list", expected);
    }
    if (scalar.getValue().indexOf('\0') >= 0) {
      throw problem("contains a NUL character", expected);
    }
    return scalar.getValue();
  }

  /** The text of a scalar; empty for null. */
  Optional<String> optionalText(String expected) {
    return isNull() ? Optional.empty() : Optional.of(text(expected));
  }

  int number(int least, int most, String expected) {
    String text = text(expected);
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw problem("is '" + text + "'", expected);
  }

  boolean truth() {
    String text = text("true or false");
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower) || FALSE.contains(lower)) {
      return TRUE.contains(lower);
    }
    throw problem("is '" + text + "'", "true or false");
  }

  <E extends Enum<E>> E oneOf(Class<E> type) {
    String expected =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    String text = text("one of " + expected);
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(() -> problem("is '" + text + "'", "one of " + expected));
  }

  /** The elements of a list; none for null; a single value counts as a list of one. */
  List<YamlValue> list() {
    if (isNull()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<YamlValue> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlValue(element, source, name + "[" + elements.size() + "]", depth + 1));
    }
    return elements;
  }

  /** The entries of a map by their keys; of a list of maps, those of all of them; none for null. */
  Map<String, YamlValue> entries(String expected) {
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    if (isNull()) {
      return entries;
    }
    if (isList()) {
      for (YamlValue element : list()) {
        if (!element.isMap()) {
          throw element.problem("is no pair", expected);
        }
        element.entries(expected).forEach((key, value) -> put(entries, key, value));
      }
      return entries;
    }
    if (!(node instanceof MappingNode map)) {
      throw problem("is a text", expected);
    }
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    for (NodeTuple pair : map.getValue()) {
      String key = new YamlValue(pair.getKeyNode(), source, "a key of " + name, depth + 1).key();
      YamlValue value = new YamlValue(pair.getValueNode(), source, nameOf(key), depth + 1);
      if (key.equals("<<") && (value.isMap() || value.isList())) {
        value.entries(expected).forEach(merged::putIfAbsent);
      } else {
        put(entries, key, value);
      }
    }
    merged.forEach(entries::putIfAbsent);
    return entries;
  }

  private String nameOf(String key) {
    return depth == 0 ? key : name + "." + key;
  }

  private String key() {
    if (!(node instanceof ScalarNode scalar)) {
      throw problem("is a " + (isMap() ? "map" : "list"), "a text");
    }
    return scalar.getValue();
  }

  private void put(Map<String, YamlValue> entries, String key, YamlValue value) {
    YamlValue earlier = entries.put(key, value);
    if (earlier == null) {
      return;
    }
    if (source.isStrict()) {
      throw value.problem(
          "is given a second time", "it once; it is in line " + earlier.line() + ", too");
    }
    value.warn(
        "field "
            + key
            + " is given a second time; this one counts, not that in line "
            + earlier.line());
  }
}
