package io.swarmstream.clients.chain;

import org.jspecify.annotations.Nullable;

/**
 * The node takes no such request or transaction, however often it is sent: it is too large, costs
 * more than the account has or than a block may.
 */
public final class ChainLimitException extends ChainException {
  private static final long serialVersionUID = 1;

  public ChainLimitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isFinal() {
    return true;
  }
}
