package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The kinds of topic of a training contract; a topic is named {@code contract.kind}. Not every
 * contract has the last two.
 */
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
  SITES,
  /** The state of the server optimizer, compacted by chunk; written by the job. */
  OPTIMIZER,
  /** What changed in each model chunk, where that is little; written by the job. */
  UPDATES;

  private final String suffix = "." + name().toLowerCase(Locale.ROOT);

  /** Returns the kinds that every contract has. */
  public static Set<Topic> always() {
    return EnumSet.complementOf(EnumSet.of(OPTIMIZER, UPDATES));
  }

  /** Returns the kinds that a contract with these terms has. */
  public static Set<Topic> kindsOf(ContractTerms terms) {
    return kindsOf(terms.deltaEncoding(), terms.optimizer());
  }

  /** Returns the kinds that a contract with this encoding and optimizer has. */
  public static Set<Topic> kindsOf(DeltaEncoding encoding, Optimizer optimizer) {
    Set<Topic> kinds = always();
    if (!optimizer.isNone()) {
      kinds.add(OPTIMIZER);
    } else if (encoding.isSparse()) {
      // An optimizer moves the values, too, of which nothing is sent.
      kinds.add(UPDATES);
    }
    return kinds;
  }

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
