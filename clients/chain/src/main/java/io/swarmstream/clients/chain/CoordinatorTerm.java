package io.swarmstream.clients.chain;

/**
 * A time in which an account coordinated a training contract. The present coordinator's is the last
 * one of the contract.
 *
 * @param account 0x and 40 lower-case hex digits
 * @param sinceBlock first block in which it could anchor
 */
public record CoordinatorTerm(String account, long sinceBlock) {}
