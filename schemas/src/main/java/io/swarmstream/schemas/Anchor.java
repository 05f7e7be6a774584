package io.swarmstream.schemas;

/**
 * The data that the chain holds of a round.
 *
 * @param contract name of the training contract
 * @param round number of the round
 * @param recordHash SHA-256 of the round record's bytes as published, 64 hex digits
 * @param modelHash the merged model's Merkle root, 64 hex digits
 */
public record Anchor(String contract, long round, String recordHash, String modelHash) {}
