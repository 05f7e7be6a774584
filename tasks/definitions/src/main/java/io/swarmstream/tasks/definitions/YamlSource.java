package io.swarmstream.tasks.definitions;

import java.util.ArrayList;
import java.util.List;

/** The text that values come from: its name, warnings about it, and how much was read of it. */
final class YamlSource {
  /** Aliases repeat what they name: a small text can stand for an endless one. */
  private static final int MOST_VALUES = 200_000;

  private final String name;
  private final boolean isStrict;
  private final List<DefinitionWarning> warnings = new ArrayList<>();
  private int values;

  /**
   * A text.
   *
   * @param isStrict whether a field that is given twice is an error; otherwise the last one counts
   */
  YamlSource(String name, boolean isStrict) {
    this.name = name;
    this.isStrict = isStrict;
  }

  boolean isStrict() {
    return isStrict;
  }

  void warn(YamlValue value, String text) {
    warnings.add(new DefinitionWarning(name, value.line(), value.column(), text));
  }

  DefinitionException problem(int line, int column, String text) {
    return new DefinitionException(name, line, column, text);
  }

  void count(YamlValue value) {
    values++;
    if (values > MOST_VALUES) {
      throw problem(
          value.line(),
          value.column(),
          "the text stands for more than "
              + MOST_VALUES
              + " values; write fewer, and use aliases (*name) sparingly");
    }
  }

  List<DefinitionWarning> warnings() {
    return List.copyOf(warnings);
  }
}
