package io.swarmstream.clients.chain;

import org.jspecify.annotations.Nullable;

/**
 * Something asked of the chain was not done; the message says what was asked and what came of it.
 *
 * <p>{@link ChainUnreachableException}: the chain did not answer; {@link ChainRefusalException}: a
 * smart contract said no; {@link ChainLimitException}: the node will not take it. Anything else:
 * the node said no, or did not finish in time.
 */
public class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChainException(String message) {
    this(message, null);
  }

  public ChainException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the same would come of asking again, until somebody changes something. */
  public boolean isFinal() {
    return false;
  }
}
