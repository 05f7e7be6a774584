package io.swarmstream.operators.messages;

/**
 * A round record read back from the log: what sites can read is what the next round may start from.
 *
 * @param contract the contract whose topic it stands in, and which it names
 * @param termsHash hash of the terms that it was made under, hex
 * @param baseHash hash of the model that the round started from, hex
 * @param modelHash hash of the model that it made, hex
 * @param partition of the contract's rounds topic, where it stands
 * @param offset its place in the partition
 */
public record SealedRound(
    String contract,
    String termsHash,
    long round,
    String baseHash,
    String modelHash,
    int partition,
    long offset) {}
