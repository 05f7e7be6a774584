package io.swarmstream.cli.options;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints rows in columns that are as wide as their widest value. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headers) {
    rows.add(List.of(headers));
  }

  /** Adds a row with a value for each column. */
  public TextTable row(String... values) {
    rows.add(List.of(values));
    return this;
  }

  public void print(PrintWriter out) {
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String value = row.get(column);
        line.append(value);
        if (column < columns - 1) {
          line.append(" ".repeat(width(column) - value.length() + 2));
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
