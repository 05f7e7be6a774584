package io.swarmstream.clients.chain;

/** The chain's node did not answer, or not with JSON-RPC. A later retry may help. */
public final class ChainUnreachableException extends ChainException {
  private static final long serialVersionUID = 1;

  public ChainUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
