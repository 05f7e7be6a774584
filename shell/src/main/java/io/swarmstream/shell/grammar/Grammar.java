package io.swarmstream.shell.grammar;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The syntaxes of all commands. Which of them a line has is decided by trying them in order.
 *
 * @param <C> what a syntax belongs to
 */
public final class Grammar<C> {
  private final Map<C, Syntax> rules = new LinkedHashMap<>();
  private final Map<C, Syntax> older = new LinkedHashMap<>();

  /**
   * A line that was understood.
   *
   * @param command whose syntax it has
   */
  public record Reading<C>(C command, Values values) {}

  /** A keyword, or a kind of value, that may come next in an unfinished line. */
  public record Next(String keyword, ValueKind kind) {
    /** Whether any value of the kind may come, not a keyword. */
    public boolean isValue() {
      return keyword.isEmpty();
    }
  }

  /** Adds a command; texts are read as {@link SyntaxText} says. */
  public Grammar<C> add(C command, String syntax) {
    rules.put(command, SyntaxText.read(syntax));
    return this;
  }

  /**
   * Adds how a command was written in earlier times. Such lines are understood, but neither listed
   * nor completed, and no message proposes them.
   */
  public Grammar<C> addOlder(C command, String syntax) {
    older.put(command, SyntaxText.read(syntax));
    return this;
  }

  /** The commands in the order in which they were added. */
  public Map<C, Syntax> rules() {
    return rules;
  }

  /** Whether a line is empty or only a comment. */
  public static boolean isBlank(String line) {
    return new LineReading(line).skipBlanks(0) == line.length();
  }

  /**
   * Reads a line that is not blank.
   *
   * @throws SyntaxException with the column, and what would be right
   */
  public Reading<C> read(String line) {
    SyntaxMatch match = new SyntaxMatch(line);
    for (Map.Entry<C, Syntax> rule : rules.entrySet()) {
      Optional<Values> values = match.match(rule.getValue());
      if (values.isPresent()) {
        return new Reading<>(rule.getKey(), values.get());
      }
    }
    return older(line, match)
        .orElseThrow(() -> new SyntaxException(match.farthest() + 1, problem(match)));
  }

  /**
   * Reads a line as it was written in earlier times: what is wrong with it today is no misspelt
   * keyword, and no value of it is a keyword of today's.
   */
  private Optional<Reading<C>> older(String line, SyntaxMatch today) {
    if (today.found().isEmpty() || guess(today).isPresent()) {
      return Optional.empty();
    }
    SyntaxMatch match = new SyntaxMatch(line);
    for (Map.Entry<C, Syntax> rule : older.entrySet()) {
      Set<String> words =
          Optional.ofNullable(rules.get(rule.getKey())).map(Syntax::words).orElse(Set.of());
      Optional<Values> values = match.match(rule.getValue()).filter(found -> !found.haveAny(words));
      if (values.isPresent()) {
        return Optional.of(new Reading<>(rule.getKey(), values.get()));
      }
    }
    return Optional.empty();
  }

  /** What may follow a line that ends with a blank, or is empty. */
  public List<Next> after(String line) {
    SyntaxMatch match = new SyntaxMatch(line);
    try {
      rules.values().forEach(match::match);
    } catch (SyntaxException e) {
      return List.of(); // inside of a quoted text
    }
    if (match.farthest() < line.length()) {
      return List.of();
    }
    return match.expected().stream()
        .map(next -> new Next(next.isKeyword() ? next.text() : "", next.kind()))
        .distinct()
        .toList();
  }

  private static String problem(SyntaxMatch match) {
    String found = match.found().map(token -> '"' + token.text() + '"').orElse("the line ends");
    if (match.isAtStart()) {
      return "there is no command " + found + guess(match).orElse("; HELP lists them");
    }
    return "expected "
        + listed(match.expected())
        + (match.found().isPresent() ? ", found " + found : ", but " + found)
        + guess(match).orElse("");
  }

  private static String listed(Set<Expected> expected) {
    List<String> texts = expected.stream().map(Expected::text).distinct().sorted().toList();
    return texts.size() == 1
        ? texts.get(0)
        : String.join(", ", texts.subList(0, texts.size() - 1))
            + " or "
            + texts.get(texts.size() - 1);
  }

  private static Optional<String> guess(SyntaxMatch match) {
    return match
        .found()
        .flatMap(
            token ->
                match.expected().stream()
                    .filter(Expected::isKeyword)
                    .map(Expected::text)
                    .distinct()
                    .filter(word -> Spelling.isNear(token.text(), word))
                    .min(Comparator.comparingInt(word -> Spelling.distance(token.text(), word))))
        .map(word -> "; did you mean " + word + "?");
  }

  /** The commands whose syntax begins with these words, as a text of keywords. */
  public List<C> beginningWith(String words) {
    List<String> wanted = List.of(words.strip().split("\\s+"));
    return rules.keySet().stream()
        .filter(command -> begins(keywords(rules.get(command)), wanted))
        .collect(Collectors.toList());
  }

  private static boolean begins(List<String> keywords, List<String> wanted) {
    if (wanted.size() > keywords.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!keywords.get(i).equalsIgnoreCase(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The keywords that a syntax begins with. */
  private static List<String> keywords(@Nullable Syntax syntax) {
    if (syntax instanceof Syntax.Keyword keyword) {
      return List.of(keyword.word());
    }
    return syntax instanceof Syntax.Sequence sequence
        ? sequence.parts().stream()
            .takeWhile(Syntax.Keyword.class::isInstance)
            .map(part -> ((Syntax.Keyword) part).word())
            .toList()
        : List.of();
  }
}
