package io.swarmstream.operators.messages;

import io.swarmstream.schemas.rounds.RejectionReason;

/**
 * A record in a rounds topic that the contract's job did not write. It is ignored and reported:
 * whoever can write to the topic must not be able to stop the training.
 *
 * @param contract the contract whose topic it stands in
 * @param round the round that it claims to be of; -1: it does not say
 * @param partition of the rounds topic, where it stands
 * @param offset its place in the partition
 * @param field the field that gives it away; empty when it could not be read
 * @param message what is wrong with it, with both values
 */
public record ForeignRecord(
    String contract,
    long round,
    int partition,
    long offset,
    RejectionReason reason,
    String field,
    String message) {}
