package io.swarmstream.shell.grammar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Matches one line with syntaxes, and keeps what was expected at the place that was farthest: that
 * is where the mistake is, and what completes the line.
 */
final class SyntaxMatch {
  private final LineReading line;
  private int farthest;
  private final Set<Expected> expected = new LinkedHashSet<>();

  SyntaxMatch(String line) {
    this.line = new LineReading(line);
  }

  private record State(int at, Values values) {}

  /** The values of the line, if it is of this syntax. */
  Optional<Values> match(Syntax syntax) {
    for (State state : after(syntax, new State(0, Values.none()))) {
      int end = line.skipBlanks(state.at());
      if (end == line.line().length()) {
        return Optional.of(state.values());
      }
      miss(end, Expected.end());
    }
    return Optional.empty();
  }

  /** Index of the place that no syntax got beyond. */
  int farthest() {
    return farthest;
  }

  /** Whether nothing before it was understood. */
  boolean isAtStart() {
    return farthest == line.skipBlanks(0);
  }

  /** What could stand there. */
  Set<Expected> expected() {
    return expected;
  }

  /** What stands there instead; empty: nothing. */
  Optional<Token> found() {
    return line.next(farthest);
  }

  private List<State> after(Syntax syntax, State before) {
    if (syntax instanceof Syntax.Keyword keyword) {
      return keyword(keyword, before);
    }
    if (syntax instanceof Syntax.Value value) {
      return value(value, before);
    }
    if (syntax instanceof Syntax.Maybe maybe) {
      List<State> states = new ArrayList<>(after(maybe.part(), before));
      states.add(before);
      return states;
    }
    if (syntax instanceof Syntax.Choice choice) {
      return choice.ways().stream().flatMap(way -> after(way, before).stream()).toList();
    }
    List<State> states = List.of(before);
    for (Syntax part : ((Syntax.Sequence) syntax).parts()) {
      states = states.stream().flatMap(state -> after(part, state).stream()).toList();
    }
    return states;
  }

  private List<State> keyword(Syntax.Keyword keyword, State before) {
    Optional<Token> token = line.next(before.at());
    if (token.isPresent()
        && !token.get().isQuoted()
        && token.get().text().equalsIgnoreCase(keyword.word())) {
      return List.of(new State(token.get().end(), before.values().with(keyword.word())));
    }
    miss(line.skipBlanks(before.at()), Expected.of(keyword));
    return List.of();
  }

  private List<State> value(Syntax.Value value, State before) {
    Optional<Token> token = value.kind().isRest() ? line.rest(before.at()) : line.next(before.at());
    if (token.isEmpty()) {
      miss(line.line().length(), Expected.of(value));
      return List.of();
    }
    Optional<String> wanted = value.kind().wanted(token.get().text());
    if (wanted.isPresent()) {
      miss(token.get().start(), Expected.of(value, wanted.get()));
      return List.of();
    }
    return List.of(
        new State(token.get().end(), before.values().with(value.name(), token.get().text())));
  }

  private void miss(int at, Expected instead) {
    if (at > farthest) {
      farthest = at;
      expected.clear();
    }
    if (at == farthest) {
      expected.add(instead);
    }
  }
}
