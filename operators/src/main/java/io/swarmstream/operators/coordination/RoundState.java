package io.swarmstream.operators.coordination;

/**
 * Where a contract's rounds stand.
 *
 * @param round number of the round that is open or sealing
 * @param baseHash hash of the model that the round starts from, hex
 * @param openedAtMs when the round opened
 * @param closesAtMs when the grace period ends; {@link #NEVER} while fewer than minPeers are
 *     complete
 * @param noticeAtMs when the next notice is due; {@link #NEVER} while no round is open
 * @param fence what the coordinator waits to read back while it is fencing; then empty
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
    /** It has written its fence to the log and waits to read it, to know what was there before. */
    FENCING,
    /** It takes contributions to the round. */
    OPEN,
    /** It has sent the plan and waits to read the sealed round from the log. */
    SEALING,
    /** The log holds rounds that this state knows nothing of: it takes nothing. */
    HALTED
  }

  RoundState withPhase(Phase next) {
    return new RoundState(next, round, baseHash, openedAtMs, NEVER, NEVER, "");
  }

  RoundState opened(long nextRound, String base, long nowMs) {
    return new RoundState(Phase.OPEN, nextRound, base, nowMs, NEVER, NEVER, "");
  }

  RoundState closingAt(long ms) {
    return new RoundState(phase, round, baseHash, openedAtMs, ms, noticeAtMs, fence);
  }

  RoundState noticeAt(long ms) {
    return new RoundState(phase, round, baseHash, openedAtMs, closesAtMs, ms, fence);
  }
}
