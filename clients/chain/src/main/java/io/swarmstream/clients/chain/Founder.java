package io.swarmstream.clients.chain;

/**
 * The first member of a swarm, who gets all roles.
 *
 * @param keyHash SHA-256 of its certificate's SubjectPublicKeyInfo, 64 hex digits; empty: it binds
 *     a key, or a SPIFFE id, later
 * @param authority DER of its certificate authority; no bytes: none
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
public record Founder(String organisation, String name, String keyHash, byte[] authority) {}
