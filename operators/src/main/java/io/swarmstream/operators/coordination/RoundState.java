package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.hashing.Hash;

/**
 * Where a contract's rounds stand, and the only place that decides how they move on: every
 * transition has a name and a guard here. The package's documentation draws them.
 *
 * <p>It is state: its fields stay as they are.
 *
 * @param phase what the coordinator is doing; asked for by the questions below, not by itself
 * @param round number of the round that is open, planned or sealing
 * @param baseHash hash of the model that the round starts from, hex
 * @param openedAtMs when the round opened
 * @param closesAtMs when the grace period ends; {@link #NEVER} while fewer than minPeers are
 *     complete
 * @param noticeAtMs when the next notice is due; {@link #NEVER} while no round is open
 * @param fence what an earlier version waited to read back while it was fencing; else empty
 */
public record RoundState(
    Phase phase,
    long round,
    String baseHash,
    long openedAtMs,
    long closesAtMs,
    long noticeAtMs,
    String fence) {
  static final long NEVER = -1;

  /** What the coordinator is doing. */
  public enum Phase {
    /** The contract is new: it waits for its fence in the log, and to be in a checkpoint. */
    FENCING,
    /** It takes contributions to the round. */
    OPEN,
    /** It carries out the plan, and waits to read the sealed round from the log. */
    SEALING,
    /** The log holds rounds that this state knows nothing of: it takes nothing. */
    HALTED,
    /**
     * It has closed the round, or an earlier attempt has: it waits to read the plan from the log,
     * and for the contributions that the plan names.
     */
    PLANNED
  }

  // -- transitions

  /**
   * A new contract: round 0 opens once it is in a checkpoint, and this attempt's fence in force.
   */
  static RoundState fenced(long nowMs) {
    return new RoundState(Phase.FENCING, 0, Hash.ZERO.hex(), nowMs, NEVER, NEVER, "");
  }

  /** The fence is in force: round 0 opens, and starts from no model. */
  RoundState firstOpened(long nowMs) {
    require(phase == Phase.FENCING, "open round 0");
    return new RoundState(Phase.OPEN, 0, Hash.ZERO.hex(), nowMs, NEVER, NEVER, "");
  }

  /**
   * The sealed round is back: the next one opens.
   *
   * @param modelHash hash of the model that the sealed round made, hex
   */
  RoundState nextOpened(String modelHash, long nowMs) {
    require(phase == Phase.SEALING, "open the next round");
    return new RoundState(Phase.OPEN, round + 1, modelHash, nowMs, NEVER, NEVER, "");
  }

  /** Enough sites are complete: the round closes when the grace period ends. */
  RoundState closingAt(long ms) {
    require(phase == Phase.OPEN, "set the end of the grace period");
    return new RoundState(phase, round, baseHash, openedAtMs, ms, noticeAtMs, fence);
  }

  /** Too few sites are complete, or too few are left: the round waits without a limit. */
  RoundState notClosing() {
    return closingAt(NEVER);
  }

  /** The next notice is due at that time. */
  RoundState noticeAt(long ms) {
    require(phase == Phase.OPEN, "set the time of a notice");
    return new RoundState(phase, round, baseHash, openedAtMs, closesAtMs, ms, fence);
  }

  /** The round has closed: its plan is on its way to the log, or was read from there. */
  RoundState planned() {
    require(phase == Phase.OPEN, "close the round");
    return ended(Phase.PLANNED);
  }

  /** No plan of the round is in the log after all. */
  RoundState reopened() {
    require(phase == Phase.PLANNED, "open the round again");
    return ended(Phase.OPEN);
  }

  /** The plan is carried out: the round's record is awaited. */
  RoundState sealing() {
    require(phase == Phase.PLANNED, "carry out a plan");
    return ended(Phase.SEALING);
  }

  /** The log holds a round that this state cannot have made; no transition leads out of this. */
  RoundState halted() {
    require(phase != Phase.HALTED, "halt");
    return ended(Phase.HALTED);
  }

  private RoundState ended(Phase next) {
    return new RoundState(next, round, baseHash, openedAtMs, NEVER, NEVER, "");
  }

  private void require(boolean allowed, String what) {
    if (!allowed) {
      throw new IllegalStateException(
          "round %d is %s, which does not allow to %s; this is a fault of the job, please report it"
              .formatted(round, phase, what));
    }
  }

  // -- questions

  boolean isFencing() {
    return phase == Phase.FENCING;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean isHalted() {
    return phase == Phase.HALTED;
  }

  /** Whether the round is closed and its plan not carried out yet. */
  boolean isPlanned() {
    return phase == Phase.PLANNED;
  }

  boolean isSealing() {
    return phase == Phase.SEALING;
  }

  /** Whether this round's record, read back, opens the next round. */
  boolean awaitsRecordOf(long sealed) {
    return phase == Phase.SEALING && round == sealed;
  }

  /** Whether a grace period is running. */
  boolean isClosing() {
    return closesAtMs != NEVER;
  }

  /** Whether a contribution to that round is for the one that opens next. */
  boolean opensNext(long contributed) {
    return switch (phase) {
      case FENCING -> contributed == round;
      case SEALING -> contributed == round + 1;
      case OPEN, PLANNED, HALTED -> false;
    };
  }

  /** Whether a contribution to that round comes too late. */
  boolean isPast(long contributed) {
    return contributed < round || (contributed == round && phase != Phase.OPEN);
  }
}
