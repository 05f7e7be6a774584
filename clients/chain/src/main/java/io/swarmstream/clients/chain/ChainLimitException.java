package io.swarmstream.clients.chain;

import org.jspecify.annotations.Nullable;

/**
 * The node rejects a request or transaction, and a retry cannot help: it is too large, or costs
 * more than the account has or a block allows.
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
