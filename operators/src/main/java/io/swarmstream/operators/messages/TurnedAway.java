package io.swarmstream.operators.messages;

import io.swarmstream.schemas.rounds.RejectionReason;

/**
 * Why a chunk that is sound in itself was not admitted: because of what the chain said of its site
 * at that moment, or because of how many there were. After a crash both are read again in another
 * order, so a plan may name a chunk that is turned away now.
 *
 * @param reason of its rejection
 * @param field that the rejection names
 * @param message of its rejection
 * @param chunkHash leaf hash of the payload, hex: what its window has to know
 */
public record TurnedAway(RejectionReason reason, String field, String message, String chunkHash) {}
