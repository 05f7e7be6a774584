package io.swarmstream.clients.chain;

/**
 * A key with the signature that binds it to an account. Not secret; anybody may send it to the
 * chain.
 *
 * @param account 0x and 40 hex digits
 * @param keyHash 64 hex digits; empty: only a SPIFFE id is bound
 * @param spiffeId empty: only a key is bound
 * @param signature of the account over {@link BindingText#digest}, 130 hex digits
 */
public record SignedBinding(String account, String keyHash, String spiffeId, String signature) {}
