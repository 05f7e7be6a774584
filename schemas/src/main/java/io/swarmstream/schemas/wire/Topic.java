package io.swarmstream.schemas.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of topic of each training contract; a topic is named {@code contract.kind}. */
public enum Topic {
  /** Delta chunks; written by sites. */
  DELTAS,
  /** Model chunks, compacted by chunk; written by the job. */
  MODELS,
  /** Round records and notices, compacted by round; written by the job. */
  ROUNDS,
  /** Rejections; written by the job. */
  REJECTIONS,
  /** Site events; written by sites. */
  SITES;

  private final String suffix = "." + name().toLowerCase(Locale.ROOT);

  /** Returns the name of a contract's topic of this kind. */
  public String of(String contract) {
    return contract + suffix;
  }

  /** Returns a pattern that matches the topics of this kind of all contracts. */
  public Pattern ofAnyContract() {
    return Pattern.compile(".+" + Pattern.quote(suffix));
  }

  /** Returns the contract whose topic of this kind has the given name. */
  public Optional<String> contract(String topicName) {
    return topicName.endsWith(suffix) && topicName.length() > suffix.length()
        ? Optional.of(topicName.substring(0, topicName.length() - suffix.length()))
        : Optional.empty();
  }
}
