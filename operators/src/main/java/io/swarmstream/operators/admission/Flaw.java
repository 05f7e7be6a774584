package io.swarmstream.operators.admission;

import io.swarmstream.schemas.rounds.RejectionReason;

/**
 * What is wrong with a record.
 *
 * @param field the field at fault; empty when the record could not be read
 * @param message what happened, to what, with both values, and the way out
 */
public record Flaw(RejectionReason reason, String field, String message) {}
