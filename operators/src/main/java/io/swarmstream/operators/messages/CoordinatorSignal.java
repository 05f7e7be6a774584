package io.swarmstream.operators.messages;

import io.swarmstream.schemas.ContractEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator receives; {@link #kind} says which of the fields behind the contract is set,
 * and the others are null.
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record CoordinatorSignal(
    String contract,
    @Nullable ContractEvent event,
    @Nullable Receipt receipt,
    @Nullable SitePresence presence,
    @Nullable SealedRound sealed,
    @Nullable String fence,
    @Nullable ForeignRecord foreign,
    byte @Nullable [] plan,
    byte @Nullable [] mask) {

  /** What a signal is. */
  public enum Kind {
    /** The chain created the contract, or enrolled or removed a site. */
    CONTRACT_EVENT,
    /** A chunk is sound, and mostly admitted. */
    RECEIPT,
    /** A site said that it takes part, or that it leaves. */
    PRESENCE,
    /** A round record was read back from the log. */
    SEALED,
    /** A fence was read back from the log. */
    FENCE,
    /** The rounds topic holds a record that the job did not write. */
    FOREIGN,
    /** A plan was read back from the log. */
    PLAN,
    /** A site, or the log, says something of a masked round. */
    MASK
  }

  /** Which of them it is. */
  public Kind kind() {
    if (event != null) {
      return Kind.CONTRACT_EVENT;
    }
    if (receipt != null) {
      return Kind.RECEIPT;
    }
    if (presence != null) {
      return Kind.PRESENCE;
    }
    if (sealed != null) {
      return Kind.SEALED;
    }
    if (fence != null) {
      return Kind.FENCE;
    }
    if (mask != null) {
      return Kind.MASK;
    }
    return plan != null ? Kind.PLAN : Kind.FOREIGN;
  }

  public static CoordinatorSignal of(ContractEvent event) {
    return new CoordinatorSignal(event.contract(), event, null, null, null, null, null, null, null);
  }

  public static CoordinatorSignal of(Receipt receipt) {
    return new CoordinatorSignal(
        receipt.contract(), null, receipt, null, null, null, null, null, null);
  }

  public static CoordinatorSignal of(SitePresence presence) {
    return new CoordinatorSignal(
        presence.contract(), null, null, presence, null, null, null, null, null);
  }

  public static CoordinatorSignal of(SealedRound sealed) {
    return new CoordinatorSignal(
        sealed.contract(), null, null, null, sealed, null, null, null, null);
  }

  /** The fence of a round notice, read back from the log. */
  public static CoordinatorSignal ofFence(String contract, String fence) {
    return new CoordinatorSignal(contract, null, null, null, null, fence, null, null, null);
  }

  /** A record in a rounds topic that the job did not write. */
  public static CoordinatorSignal of(ForeignRecord foreign) {
    return new CoordinatorSignal(
        foreign.contract(), null, null, null, null, null, foreign, null, null);
  }

  /** A plan, as it stands in the log. */
  public static CoordinatorSignal ofPlan(String contract, byte[] plan) {
    return new CoordinatorSignal(contract, null, null, null, null, null, null, plan, null);
  }

  /** A record of a masked round, checked for what its kind alone says, as it stands in the log. */
  public static CoordinatorSignal ofMask(String contract, byte[] mask) {
    return new CoordinatorSignal(contract, null, null, null, null, null, null, null, mask);
  }
}
