/**
 * One coordinator for each contract decides from small receipts which contributions a round merges
 * and when it closes. {@link io.swarmstream.operators.coordination.CoordinateRounds} is the Flink
 * function; it hands each signal to the class that decides about it:
 *
 * <ul>
 *   <li>{@code Attempt}: what this attempt of the job may decide; until it has read its own fence,
 *       nothing.
 *   <li>{@code RoundState}: what the coordinator is doing, and how it moves on. No other class
 *       looks at the phase.
 *   <li>{@code ReceiptCheck}: why an admitted chunk does not count for the round: {@code
 *       stale-round}, {@code future-round}, {@code wrong-base}, {@code unknown-site} and {@code
 *       bad-header} after a change of the enrolment, {@code duplicate}, {@code conflicting}, {@code
 *       too-many}, {@code not-restored}; {@code Expiry}: {@code expired}.
 *   <li>{@code OpenRound}: takes receipts and presences, says for whom the round waits; {@code
 *       QuorumRule}: when it may close; {@code RoundClosing}: closes it by writing its plan.
 *   <li>{@code LogWatch}: which plans read back count, which records open the next round, which are
 *       foreign, which halt the contract.
 *   <li>{@code PlanFollowing}: carries out the plan and rejects what is {@code incomplete}.
 *   <li>In masked contracts, {@code MaskRounds}: who is in the roster and in a round's cohort;
 *       {@code PlanUnmasking}: what takes the masks off the sum; {@code MaskLetters}: what counts
 *       of what sites say about masks.
 *   <li>{@code ReadBackWatch}: when something that was written seems lost and is published again.
 *   <li>{@code ContractEvents}: what the chain's events change; {@code Membership}: who is
 *       enrolled, live or absent; {@code Dismissals}: takes contributions back and tells their
 *       senders.
 * </ul>
 *
 * <p>State is in {@code ContractState}, {@code Membership}, {@code RoundBook}, {@code RoundPlans}
 * and {@code MaskState}.
 *
 * <pre>
 *  contract created
 *        │ fenced
 *        ▼
 *     FENCING
 *        │ firstOpened: the fence is in force, and a checkpoint has the contract
 *        ▼
 *      OPEN  ◀──────────────────────────────┐   closingAt, notClosing and noticeAt stay in OPEN
 *        │ planned: all live sites are in,  │
 *        │ the grace period has ended, or   │
 *        │ the log has a plan of before     │
 *        ▼                                  │
 *     PLANNED ── reopened: the plan did not │ reach the log ──▶ OPEN
 *        │ sealing: the plan is read back   │
 *        │ and all that it names is here    │ nextOpened: the sealed record is read back
 *        ▼                                  │
 *     SEALING ──────────────────────────────┘
 *
 *  FENCING, OPEN, PLANNED, SEALING ── halted: the log holds a round that this state cannot have made ──▶ HALTED
 * </pre>
 *
 * <p>In a masked contract an open round takes offers first, and contributions once its cohort is
 * read back; a planned one is carried out once enough sites have confirmed the plan and answered
 * it, too.
 *
 * <p>Contributions that cannot be answered yet wait: to the round that opens next while the
 * coordinator is fencing or sealing, and all of them until the own fence is read. A halted
 * coordinator rejects every contribution until the job is started from its state.
 */
@NullMarked
package io.swarmstream.operators.coordination;

import org.jspecify.annotations.NullMarked;
