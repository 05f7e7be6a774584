package io.swarmstream.shell.grammar;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A piece of a command's syntax. {@link SyntaxText} reads it from a line of text. */
public sealed interface Syntax {
  /** A word of the language, in capitals; users write it in any case. */
  record Keyword(String word) implements Syntax {}

  /**
   * A value.
   *
   * @param name as the syntax's text has it, without its brackets
   */
  record Value(String name, ValueKind kind) implements Syntax {}

  /** One after the other. */
  record Sequence(List<Syntax> parts) implements Syntax {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of several. */
  record Choice(List<Syntax> ways) implements Syntax {
    public Choice {
      ways = List.copyOf(ways);
    }
  }

  /** May be left out. */
  record Maybe(Syntax part) implements Syntax {}

  /** All keywords of a syntax. */
  static Set<String> words(Syntax syntax) {
    if (syntax instanceof Keyword keyword) {
      return Set.of(keyword.word());
    }
    if (syntax instanceof Maybe maybe) {
      return words(maybe.part());
    }
    List<Syntax> inner =
        syntax instanceof Sequence sequence
            ? sequence.parts()
            : syntax instanceof Choice choice ? choice.ways() : List.of();
    return inner.stream().flatMap(part -> words(part).stream()).collect(Collectors.toSet());
  }
}
