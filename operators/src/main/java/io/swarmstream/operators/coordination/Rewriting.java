package io.swarmstream.operators.coordination;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when something that may be written or said twice is: once under each fence, and again
 * after a while, if it seems to be lost. Not state: an attempt that knows nothing of it writes it
 * again.
 */
final class Rewriting {
  /** What was written and had no effect for so long is written again. */
  static final long PATIENCE_MS = 10_000;

  private final ContractState contract;
  private final Supplier<String> currentKey;

  /** By contract: what was written last, and when. */
  private final Map<String, Written> written = new HashMap<>();

  private record Written(String what, long atMs) {}

  Rewriting(ContractState contract, Supplier<String> currentKey) {
    this.contract = contract;
    this.currentKey = currentKey;
  }

  /** Whether the caller is to write it now; what is true is taken as done. */
  boolean isDue(String what, Turn turn) throws Exception {
    String named = what + " under fence " + contract.fenceInForce();
    @Nullable Written last = written.get(currentKey.get());
    if (last != null && last.what().equals(named) && turn.nowMs() - last.atMs() < PATIENCE_MS) {
      return false;
    }
    written.put(currentKey.get(), new Written(named, turn.nowMs()));
    return true;
  }
}
