package io.swarmstream.operators.messages;

import io.swarmstream.schemas.ContractEvent;
import org.jspecify.annotations.Nullable;

/** Anything a coordinator hears; exactly one of the fields behind the contract is there. */
public record CoordinatorSignal(
    String contract,
    @Nullable ContractEvent event,
    @Nullable Receipt receipt,
    @Nullable SitePresence presence,
    @Nullable SealedRound sealed,
    @Nullable String fence) {

  public static CoordinatorSignal of(ContractEvent event) {
    return new CoordinatorSignal(event.contract(), event, null, null, null, null);
  }

  public static CoordinatorSignal of(Receipt receipt) {
    return new CoordinatorSignal(receipt.contract(), null, receipt, null, null, null);
  }

  public static CoordinatorSignal of(SitePresence presence) {
    return new CoordinatorSignal(presence.contract(), null, null, presence, null, null);
  }

  public static CoordinatorSignal of(SealedRound sealed) {
    return new CoordinatorSignal(sealed.contract(), null, null, null, sealed, null);
  }

  /** The fence of a round notice, read back from the log. */
  public static CoordinatorSignal ofFence(String contract, String fence) {
    return new CoordinatorSignal(contract, null, null, null, null, fence);
  }
}
