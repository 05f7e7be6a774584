package io.swarmstream.site.node;

import org.jspecify.annotations.Nullable;

/**
 * A training that is over, as this site took part in it.
 *
 * @param trainer what trained
 * @param round of the final model
 * @param modelHash Merkle root of the final model, hex
 * @param meanLoss of that round's participants; null: none said one
 * @param at when this site learnt of it, ISO 8601
 */
public record EndedTraining(
    String contract,
    String session,
    String trainer,
    long round,
    String modelHash,
    @Nullable Double meanLoss,
    String at) {}
