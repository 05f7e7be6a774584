/**
 * HPE Swarm Learning's named pipes: programs that have HPE's own client inside train through them
 * as they are.
 *
 * <p>{@code Pipes} is the face: it serves one client after the other. A {@code PipeConversation}
 * answers one client's messages; {@code Incoming} reads them, {@code Outgoing} writes. A {@code
 * PipedTraining} turns them into syncs of a {@code Session}, the same that trainers have by HTTP.
 * {@code TrainerArrays} are a client's weights, {@code MergedArrays} what it gets back.
 */
@NullMarked
package io.swarmstream.site.node.pipes;

import org.jspecify.annotations.NullMarked;
