package io.swarmstream.clients.chain;

import io.swarmstream.schemas.Anchor;

/**
 * The chain holds a different anchor of the round. This proves a fault, such as two coordinators
 * for one contract; a retry cannot help.
 */
public final class AnchorConflictException extends ChainException {
  private static final long serialVersionUID = 1;

  public AnchorConflictException(Anchor anchored, Anchor refused) {
    super(
        "round "
            + refused.round()
            + " of contract "
            + refused.contract()
            + " is anchored with record "
            + anchored.recordHash()
            + " and model "
            + anchored.modelHash()
            + ", which are not record "
            + refused.recordHash()
            + " and model "
            + refused.modelHash()
            + "; look for a second coordinator of this contract or a job that was started anew"
            + " without its savepoint");
  }
}
