package io.swarmstream.operators.messages;

/**
 * A round record read back from the log: what sites can read is what the next round may start from.
 */
public record SealedRound(String contract, long round, String modelHash) {}
