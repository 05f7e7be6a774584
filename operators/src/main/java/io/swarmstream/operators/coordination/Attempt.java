package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.rounds.Fence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this attempt of the job may decide about the current key's contract.
 *
 * <p>At its first turn it writes a fence to the log. When it has read it back, the fence is in
 * force, and it knows every plan of earlier attempts that counts: a coordinator that lives on after
 * its job was failed over names an earlier fence in its plans, which are void from here on, for
 * every reader. A fence is in force only if its number is above that of the one before.
 *
 * <p>This is not state, but for the number of the fence in force.
 */
final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  /**
   * A fence above the own one is that of another job, or a late one of an earlier attempt; after
   * this long the contract is claimed again.
   */
  private static final long CLAIM_AGAIN_MS = 10_000;

  /** A fence that is not read back for so long seems lost, and another one is written. */
  private static final long FENCE_PATIENCE_MS = 30_000;

  /** How often whoever waits for a checkpoint looks whether it has completed. */
  private static final long CHECKPOINT_LOOK_MS = 20;

  /** Of a checkpoint that has not begun. */
  private static final long NONE = -1;

  private final ContractState contract;
  private final Supplier<String> currentKey;

  /** By contract: the newest fence that was written. */
  private final Map<String, String> written = new HashMap<>();

  /** By contract: when that was, and for how long it may take to be read back. */
  private final Map<String, ReadBackWait> waits = new HashMap<>();

  /** Contracts whose fence in force is the own one. */
  private final Set<String> caughtUp = new HashSet<>();

  /** By contract: since when another fence is in force. */
  private final Map<String, Long> supersededAtMs = new HashMap<>();

  /** Contracts that no checkpoint holds yet, with the checkpoint that will if it completes. */
  private final Map<String, Long> unsaved = new HashMap<>();

  /** By contract: the round that is open or closing. */
  private final Map<String, Long> rounds = new HashMap<>();

  /** What {@link #rounds} was when a checkpoint began, by its number. */
  private final NavigableMap<Long, Map<String, Long>> begun = new TreeMap<>();

  /** By contract: the last round that the newest completed checkpoint has merged; -1: none. */
  private final Map<String, Long> saved = new HashMap<>();

  Attempt(ContractState contract, Supplier<String> currentKey) {
    this.contract = contract;
    this.currentKey = currentKey;
  }

  /** Whether the own fence is in force: then all plans that count are known. */
  boolean isCaughtUp() {
    return caughtUp.contains(currentKey.get());
  }

  /** The contract is new: a crash would lose it until a checkpoint has it. */
  void noteNew() {
    unsaved.put(currentKey.get(), NONE);
  }

  /** Whether a completed checkpoint has the contract. */
  boolean isSaved() {
    return !unsaved.containsKey(currentKey.get());
  }

  /** By how many rounds a round is ahead of what the newest completed checkpoint has merged. */
  long lead(long round) {
    return round - saved.getOrDefault(currentKey.get(), -1L);
  }

  /** Whoever waits for a checkpoint hears of none: it is asked for the contract's next turn. */
  void lookForCheckpointSoon(Turn turn) {
    turn.setTimer(turn.nowMs() + CHECKPOINT_LOOK_MS);
  }

  void checkpointBegun(long id) {
    begun.put(id, Map.copyOf(rounds));
    unsaved.replaceAll((key, checkpoint) -> checkpoint == NONE ? id : checkpoint);
  }

  void checkpointCompleted(long id) {
    Map<Long, Map<String, Long>> completed = begun.headMap(id, true);
    completed
        .values()
        .forEach(at -> at.forEach((key, round) -> saved.merge(key, round - 1, Math::max)));
    completed.clear();
    unsaved.values().removeIf(checkpoint -> checkpoint != NONE && checkpoint <= id);
  }

  /** At each turn: claims the contract if that has not happened yet, or somebody else has it. */
  void begin(Turn turn) throws Exception {
    String key = currentKey.get();
    long round = contract.round().round();
    rounds.put(key, round);
    saved.putIfAbsent(key, round - 1);
    @Nullable Long since = supersededAtMs.get(key);
    @Nullable ReadBackWait wait = waits.get(key);
    if (!written.containsKey(key)) {
      claim(turn);
    } else if (since != null && turn.nowMs() - since >= CLAIM_AGAIN_MS) {
      supersededAtMs.remove(key);
      claim(turn);
    } else if (wait != null && turn.nowMs() >= wait.atMs()) {
      claim(turn);
      // Only the newest fence counts: each gets more time than the one before.
      waits.put(key, wait.asked(FENCE_PATIENCE_MS));
    }
  }

  /** Decides nothing more until another fence is in force; what this one covers is void then. */
  void claimAgain(Turn turn) throws Exception {
    caughtUp.remove(currentKey.get());
    claim(turn);
  }

  private void claim(Turn turn) throws Exception {
    long number = Math.max(turn.nowMs(), contract.fenceInForce() + 1);
    String fence = Fence.of(number);
    written.put(currentKey.get(), fence);
    waits.put(currentKey.get(), ReadBackWait.begun(turn.nowMs(), FENCE_PATIENCE_MS));
    turn.give(Notices.fence(contract.terms(), number, fence, turn.nowMs()));
  }

  /**
   * A fence was read back.
   *
   * @return whether the contract is this attempt's from now on
   */
  boolean onFence(String fence, Turn turn) throws Exception {
    String key = currentKey.get();
    boolean own = fence.equals(written.get(key));
    long number = Fence.number(fence);
    if (number <= contract.fenceInForce()) {
      if (own && !caughtUp.contains(key)) {
        claim(turn); // this machine's clock is behind that of the one before
      }
      return false;
    }
    contract.setFenceInForce(number);
    if (own) {
      waits.remove(key);
      caughtUp.add(key);
      return true;
    }
    if (caughtUp.remove(key)) {
      LOG.error(
          "Contract {}: another job has claimed it, so this one decides nothing about it for {} s. If two jobs run with"
              + " this coordinator's key, cancel one of them.",
          contract.terms().contract(),
          CLAIM_AGAIN_MS / 1_000);
      supersededAtMs.put(key, turn.nowMs());
      turn.setTimer(turn.nowMs() + CLAIM_AGAIN_MS);
    }
    return false;
  }
}
