package io.swarmstream.schemas;

import io.swarmstream.schemas.NamedParameters.Parameter;
import io.swarmstream.schemas.NamedParameters.Range;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server optimizer of a training, in the text form of the terms: {@code
 * adam:lr=0.01,beta1=0.9,beta2=0.99,tau=0.001}. It turns the merged delta of a round into the step
 * that is added to the model. Without one, the text is empty and the step is the merged delta.
 *
 * <p>Each meaning has exactly one text, with all parameters in a fixed order, because terms are
 * compared by their hash. What the names and parameters do is in the module {@code merge}.
 *
 * @param text the text form in the terms
 */
public record Optimizer(String text) implements Serializable {
  /** Maximum length in bytes of the text that the smart contract accepts. */
  public static final int MAX_BYTES = 96;

  /** What people write for {@link #NONE}. */
  public static final String NO_NAME = "none";

  private static final String WHAT = "optimizer";

  private static final Parameter TAU = new Parameter("tau", "0.001", Range.aboveZero(1));

  private static final List<NamedParameters> KINDS =
      List.of(
          kind("momentum", rate("1"), share("momentum", "0.9")),
          kind("nesterov", rate("0.7"), share("momentum", "0.9")),
          kind("adagrad", rate("0.01"), TAU),
          kind("adam", rate("0.01"), share("beta1", "0.9"), share("beta2", "0.99"), TAU),
          kind("yogi", rate("0.01"), share("beta1", "0.9"), share("beta2", "0.99"), TAU));

  /** No optimizer, as in all terms that predate them. */
  public static final Optimizer NONE = new Optimizer("");

  public Optimizer {
    String canonical = text.isEmpty() ? "" : canonical(text);
    if (!canonical.equals(text)) {
      throw new IllegalArgumentException(
          "optimizer '%s'; terms are compared letter by letter: write it as '%s'"
              .formatted(text, canonical));
    }
  }

  /**
   * Parses an optimizer as people write it: {@code none}, a name, or a name with some of its
   * parameters. The others have their defaults.
   *
   * @throws IllegalArgumentException naming what is wrong and what is possible
   */
  public static Optimizer of(String text) {
    return text.equals(NO_NAME) ? NONE : new Optimizer(canonical(text));
  }

  /** Returns the names that people may write. */
  public static List<String> names() {
    List<String> kinds = KINDS.stream().map(NamedParameters::word).toList();
    return Stream.concat(Stream.of(NO_NAME), kinds.stream()).toList();
  }

  /** Whether the merged delta itself is the step. */
  public boolean isNone() {
    return text.isEmpty();
  }

  /** Returns the text, or {@code none}. */
  public String shown() {
    return isNone() ? NO_NAME : text;
  }

  /** Returns the name of the optimizer; empty: none. */
  public String name() {
    return text.split(":", 2)[0];
  }

  /** Returns all parameters by their names; empty for {@link #NONE}. */
  public Map<String, Double> parameters() {
    return isNone()
        ? Map.of()
        : values(kind(text), text).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().doubleValue()));
  }

  private static String canonical(String text) {
    NamedParameters kind = kind(text);
    return kind.word() + ":" + NamedParameters.written(values(kind, text));
  }

  private static Map<String, BigDecimal> values(NamedParameters kind, String text) {
    int colon = text.indexOf(':');
    if (colon >= 0 && colon == text.length() - 1) {
      throw kind.malformed(text);
    }
    return kind.values(text, text.substring(colon < 0 ? text.length() : colon + 1));
  }

  private static NamedParameters kind(String text) {
    String name = text.split(":", 2)[0];
    if (text.startsWith(NO_NAME + ":")) {
      throw new IllegalArgumentException(
          "optimizer '%s': 'none' has no parameters; write none".formatted(text));
    }
    return KINDS.stream()
        .filter(kind -> kind.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no optimizer '%s'; use one of %s"
                        .formatted(name, String.join(", ", names()))));
  }

  private static NamedParameters kind(String word, Parameter... parameters) {
    String example = word + ":" + parameters[0].name() + "=" + parameters[0].usual();
    return new NamedParameters(WHAT, word, List.of(parameters), example);
  }

  private static Parameter rate(String usual) {
    return new Parameter("lr", usual, Range.aboveZero(1000));
  }

  /** Says how much of the past remains. */
  private static Parameter share(String name, String usual) {
    return new Parameter(name, usual, new Range(BigDecimal.ZERO, true, BigDecimal.ONE, false));
  }
}
