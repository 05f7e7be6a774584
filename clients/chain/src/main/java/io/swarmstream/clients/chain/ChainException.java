package io.swarmstream.clients.chain;

import org.jspecify.annotations.Nullable;

/**
 * A request to the chain failed; the message says what was asked and what happened.
 *
 * <p>{@link ChainUnreachableException}: the chain did not answer; {@link ChainRefusalException}: a
 * smart contract reverted; {@link ChainLimitException}: the node will never accept it. Anything
 * else: the node answered with an error, or did not finish in time.
 */
public class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChainException(String message) {
    this(message, null);
  }

  public ChainException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether a retry fails in the same way until somebody changes something. */
  public boolean isFinal() {
    return false;
  }
}
