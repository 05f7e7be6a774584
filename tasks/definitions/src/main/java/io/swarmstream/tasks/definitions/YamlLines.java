package io.swarmstream.tasks.definitions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes YAML in lines of at most 79 bytes, which the chain, and HPE's command interface, take. A
 * longer text is quoted and continues in the next line.
 */
final class YamlLines {
  private static final int LONGEST = 79;
  private static final Set<String> RESERVED =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final List<String> lines = new ArrayList<>(List.of("---"));

  List<String> lines() {
    return List.copyOf(lines);
  }

  void field(int indent, String name, String text) {
    write(" ".repeat(indent) + name + ": ", text);
  }

  void field(int indent, String name, Optional<String> text) {
    if (text.isPresent()) {
      field(indent, name, text.get());
    } else {
      lines.add(" ".repeat(indent) + name + ": ~");
    }
  }

  void heading(int indent, String name) {
    lines.add(" ".repeat(indent) + name + ":");
  }

  void list(String name, List<String> texts) {
    heading(0, name);
    texts.forEach(text -> write("- ", text));
  }

  void variables(String name, Variables variables) {
    if (variables.entries().isEmpty()) {
      lines.add(name + ": ~");
      return;
    }
    heading(0, name);
    variables.entries().forEach((key, value) -> pair(0, key, value));
  }

  /** An element of a list: a map with one pair. */
  void pair(int indent, String key, Optional<String> value) {
    String start = " ".repeat(indent) + "- " + (isPlain(key) ? key : quoted(key)) + ": ";
    if (value.isEmpty()) {
      lines.add(start + "~");
    } else if (start.length() > LONGEST / 2) {
      // A long key leaves no room beside it.
      lines.add(start.stripTrailing());
      write(" ".repeat(indent + 4), value.get());
    } else {
      write(start, value.get());
    }
  }

  private void write(String start, String text) {
    if (isPlain(text) && bytes(start) + bytes(text) <= LONGEST) {
      lines.add(start + text);
      return;
    }
    String indent = " ".repeat(start.length() - start.stripLeading().length() + 4);
    StringBuilder line = new StringBuilder(start).append('"');
    int used = bytes(start) + 1;
    boolean begins = false;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      String escaped = escaped(character);
      if (used + bytes(escaped) + 1 > LONGEST) {
        lines.add(line.append('\\').toString());
        line = new StringBuilder(indent);
        used = indent.length();
        begins = true;
      }
      if (begins && escaped.equals(" ")) {
        escaped = "\\ "; // a line's first blanks are no part of the text otherwise
      }
      begins = false;
      line.append(escaped);
      used += bytes(escaped);
    }
    lines.add(line.append('"').toString());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> quoted.append(escaped(character)));
    return quoted.append('"').toString();
  }

  private static String escaped(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          isPrintable(character)
              ? Character.toString(character)
              : String.format(Locale.ROOT, character > 0xffff ? "\\U%08x" : "\\u%04x", character);
    };
  }

  private static boolean isPlain(String text) {
    return text.matches("[A-Za-z0-9/_].*")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":")
        && !text.endsWith(" ")
        && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
        && text.codePoints().allMatch(YamlLines::isPrintable);
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
