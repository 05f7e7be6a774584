package io.swarmstream.shell.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a syntax from its text, such as {@code ASSIGN TASK <task> TO <taskrunner> ( WITH ( <n> |
 * ALL ) PEERS | TARGET <agent> )}: words in capitals are keywords, brackets {@code <>} hold values,
 * {@code []} what may be left out, {@code ()} and {@code |} a choice.
 */
final class SyntaxText {
  private static final Pattern PIECE = Pattern.compile("<(\\w+)>|[A-Z]+|[\\[\\]()|]");

  private final List<String> pieces = new ArrayList<>();
  private int at;

  private SyntaxText(String text) {
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
  }

  static Syntax read(String text) {
    SyntaxText reader = new SyntaxText(text);
    Syntax all = reader.choice();
    if (reader.at < reader.pieces.size()) {
      throw new IllegalArgumentException("the syntax " + text + " has a bracket too many");
    }
    return all;
  }

  private Syntax choice() {
    List<Syntax> ways = new ArrayList<>(List.of(sequence()));
    while (accept("|")) {
      ways.add(sequence());
    }
    return ways.size() == 1 ? ways.get(0) : new Syntax.Choice(ways);
  }

  private Syntax sequence() {
    List<Syntax> parts = new ArrayList<>();
    while (at < pieces.size() && !pieces.get(at).matches("[\\])|]")) {
      parts.add(piece());
    }
    return parts.size() == 1 ? parts.get(0) : new Syntax.Sequence(parts);
  }

  private Syntax piece() {
    String piece = pieces.get(at++);
    if (piece.equals("[")) {
      return new Syntax.Maybe(closed("]"));
    }
    if (piece.equals("(")) {
      return closed(")");
    }
    if (piece.startsWith("<")) {
      String name = piece.substring(1, piece.length() - 1);
      return new Syntax.Value(name, ValueKind.of(name));
    }
    return new Syntax.Keyword(piece);
  }

  private Syntax closed(String bracket) {
    Syntax inner = choice();
    if (!accept(bracket)) {
      throw new IllegalArgumentException("a syntax has no " + bracket + " after " + inner);
    }
    return inner;
  }

  private boolean accept(String piece) {
    if (at < pieces.size() && pieces.get(at).equals(piece)) {
      at++;
      return true;
    }
    return false;
  }
}
