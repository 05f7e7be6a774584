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
    @Nullable String fence,
    @Nullable ForeignRecord foreign) {

  public static CoordinatorSignal of(ContractEvent event) {
    return new CoordinatorSignal(event.contract(), event, null, null, null, null, null);
  }

  public static CoordinatorSignal of(Receipt receipt) {
    return new CoordinatorSignal(receipt.contract(), null, receipt, null, null, null, null);
  }

  public static CoordinatorSignal of(SitePresence presence) {
    return new CoordinatorSignal(presence.contract(), null, null, presence, null, null, null);
  }

  public static CoordinatorSignal of(SealedRound sealed) {
    return new CoordinatorSignal(sealed.contract(), null, null, null, sealed, null, null);
  }

  /** The fence of a round notice, read back from the log. */
  public static CoordinatorSignal ofFence(String contract, String fence) {
    return new CoordinatorSignal(contract, null, null, null, null, fence, null);
  }

  /** A record of a rounds topic that is none of the job's. */
  public static CoordinatorSignal of(ForeignRecord foreign) {
    return new CoordinatorSignal(foreign.contract(), null, null, null, null, null, foreign);
  }
}
