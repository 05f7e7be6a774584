/**
 * One trainer's part in one training.
 *
 * <p>{@code Session} is what HTTP threads call; it is thread-safe. One {@code Worker} thread for
 * each session talks to the swarm, in two kinds of work: a {@code SyncRun} for each sync, and
 * {@code AfterTraining} once the trainer has finished. Both contribute through the {@code
 * Contributor}.
 *
 * <p>A sync's way: {@code SyncIntake} receives the weights, {@code SyncRun} takes them through a
 * round, {@code SyncDesk} says how far they are.
 *
 * <p>What both sides share is guarded or immutable: {@code SyncDesk} (syncs in order, each once),
 * {@code SessionMemory} (what the trainer was given, on disk first), {@code LastWeights}, {@code
 * Headers} and {@code LastExchanges}. A {@code SessionStatus} is made from a {@code
 * SessionSnapshot}, which is read once.
 *
 * <p>{@code RoundSummary.endsTraining} decides when a training is over.
 */
@NullMarked
package io.swarmstream.site.node.session;

import org.jspecify.annotations.NullMarked;
