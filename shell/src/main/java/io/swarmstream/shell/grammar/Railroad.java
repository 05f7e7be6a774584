package io.swarmstream.shell.grammar;

import java.util.ArrayList;
import java.util.List;

/** Draws a syntax as a railroad diagram of text: follow the lines from left to right. */
public final class Railroad {
  private Railroad() {}

  /** The rows of the diagram; the first one is entered and left. */
  public static List<String> of(Syntax syntax) {
    List<String> rows = new ArrayList<>(draw(syntax));
    rows.set(0, "──" + rows.get(0) + "──▶");
    for (int i = 1; i < rows.size(); i++) {
      rows.set(i, ("  " + rows.get(i)).stripTrailing());
    }
    return rows;
  }

  /** Rows of equal width. */
  private static List<String> draw(Syntax syntax) {
    if (syntax instanceof Syntax.Keyword keyword) {
      return List.of(" " + keyword.word() + " ");
    }
    if (syntax instanceof Syntax.Value value) {
      return List.of(" <" + value.name() + "> ");
    }
    if (syntax instanceof Syntax.Maybe maybe) {
      return stacked(List.of(List.of(""), draw(maybe.part())));
    }
    if (syntax instanceof Syntax.Choice choice) {
      return stacked(choice.ways().stream().map(Railroad::draw).toList());
    }
    List<String> rows = List.of("");
    for (Syntax part : ((Syntax.Sequence) syntax).parts()) {
      rows = beside(rows, draw(part));
    }
    return rows;
  }

  private static List<String> beside(List<String> left, List<String> right) {
    if (left.equals(List.of(""))) {
      return right;
    }
    // Two words of the language in a row are read as one.
    boolean words = left.get(0).matches(".*[A-Z] ") && right.get(0).matches(" [A-Z].*");
    String link = words ? "" : "─";
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String before = i < left.size() ? left.get(i) : " ".repeat(left.get(0).length());
      String after = i < right.size() ? right.get(i) : " ".repeat(right.get(0).length());
      if (i == 0 && words) {
        rows.add(before.stripTrailing() + after);
      } else {
        rows.add(
            (words ? before.substring(0, before.length() - 1) : before)
                + (i == 0 ? link : " ".repeat(link.length()))
                + after);
      }
    }
    return rows;
  }

  private static List<String> stacked(List<List<String>> ways) {
    int width = ways.stream().mapToInt(way -> way.get(0).length()).max().orElse(0);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      boolean isLast = i == ways.size() - 1;
      List<String> way = ways.get(i);
      for (int row = 0; row < way.size(); row++) {
        String filled = way.get(row) + (row == 0 ? "─" : " ").repeat(width - way.get(row).length());
        rows.add(
            row > 0
                ? (isLast ? " " : "│") + " " + filled + " " + (isLast ? " " : "│")
                : i == 0
                    ? "┬─" + filled + "─┬"
                    : (isLast ? "└─" : "├─") + filled + (isLast ? "─┘" : "─┤"));
      }
    }
    return rows;
  }
}
