package io.swarmstream.site;

/**
 * A contribution that is signed with this site's key and that this site has not sent: somebody else
 * has the key.
 *
 * @param round that it was sent to
 * @param contribution its Merkle root, hex
 * @param counted whether it is in the round's model; else it was refused
 * @param warning what happened and the way out, for people
 */
public record ForeignContribution(
    long round, String contribution, boolean counted, String warning) {}
