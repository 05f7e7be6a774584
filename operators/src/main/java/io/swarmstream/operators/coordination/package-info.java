/**
 * One coordinator for each contract decides from small receipts which contributions a round merges
 * and when it closes. {@link io.swarmstream.operators.coordination.CoordinateRounds} is the Flink
 * function; it hands each signal to the class that decides about it:
 *
 * <ul>
 *   <li>{@code RoundState}: what the coordinator is doing, and how it moves on. No other class
 *       looks at the phase.
 *   <li>{@code ReceiptCheck}: why an admitted chunk does not count for the round: {@code
 *       stale-round}, {@code future-round}, {@code wrong-base}, {@code unknown-site} and {@code
 *       bad-header} after a change of the enrolment, {@code duplicate}, {@code conflicting}, {@code
 *       too-many}, {@code not-restored}; {@code Expiry}: {@code expired}.
 *   <li>{@code OpenRound}: takes receipts and presences, says for whom the round waits; {@code
 *       QuorumRule}: when it may close; {@code RoundClosing}: closes it and rejects what is {@code
 *       incomplete}.
 *   <li>{@code LogWatch}: which records read back open the next round, which are foreign, which
 *       halt the contract.
 *   <li>{@code ReadBackWatch}: when something that was written seems lost and is published again.
 *   <li>{@code ContractEvents}: what the chain's events change; {@code Membership}: who is
 *       enrolled, live or absent; {@code Dismissals}: takes contributions back and tells their
 *       senders.
 * </ul>
 *
 * <p>State is in {@code ContractState}, {@code Membership} and {@code RoundBook}.
 *
 * <pre>
 *  contract created
 *        │ fenced
 *        ▼
 *     FENCING
 *        │ firstOpened: the fence is read back
 *        ▼
 *      OPEN  ◀──────────────────────────────┐   closingAt, notClosing and noticeAt stay in OPEN
 *        │ sealing: all live sites are in,  │
 *        │ or the grace period has ended    │ nextOpened: the sealed record is read back
 *        ▼                                  │
 *     SEALING ──────────────────────────────┘
 *
 *  FENCING, OPEN, SEALING ── halted: the log holds a round that this state cannot have made ──▶ HALTED
 * </pre>
 *
 * <p>Contributions to the round that opens next wait while the coordinator is fencing or sealing. A
 * halted coordinator rejects every contribution until the job is started from its state.
 */
@NullMarked
package io.swarmstream.operators.coordination;

import org.jspecify.annotations.NullMarked;
