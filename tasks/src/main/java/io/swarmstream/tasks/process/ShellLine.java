package io.swarmstream.tasks.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a RUN step's line.
 *
 * @param text the command without the operator
 * @param operator what stands before it: {@code &&}, {@code ||}, {@code ;}, {@code |}, or nothing
 */
record ShellLine(String text, String operator) {
  /** The commands of a line, split at operators outside of quotes. */
  static List<ShellLine> split(String line) {
    List<ShellLine> commands = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String operator = "";
    char quote = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (";&|".indexOf(c) >= 0) {
        String found = at + 1 < line.length() && line.charAt(at + 1) == c ? "" + c + c : "" + c;
        add(commands, text, operator);
        operator = found;
        at += found.length() - 1;
        continue;
      }
      text.append(c);
    }
    add(commands, text, operator);
    return commands;
  }

  private static void add(List<ShellLine> commands, StringBuilder text, String operator) {
    if (!text.toString().isBlank()) {
      commands.add(new ShellLine(text.toString().strip(), operator));
    }
    text.setLength(0);
  }
}
