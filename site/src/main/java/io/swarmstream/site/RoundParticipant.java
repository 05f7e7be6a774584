package io.swarmstream.site;

import io.swarmstream.schemas.hashing.Hash;

/**
 * A site whose contribution is in a round's merged model.
 *
 * @param address of the site, 0x and 40 lower-case hex digits
 * @param name that the site is enrolled with
 * @param contribution Merkle root of its contribution
 * @param report what the site said of it
 */
@PublicApi
public record RoundParticipant(
    String address, String name, Hash contribution, TrainingReport report) {}
