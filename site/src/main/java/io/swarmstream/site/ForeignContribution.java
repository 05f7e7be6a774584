package io.swarmstream.site;

/**
 * A contribution that is signed with this site's key and that this site has not sent: somebody else
 * has the key.
 *
 * @param round that it was sent to
 * @param contribution its Merkle root, 64 hex digits
 * @param counted true: it is in the round's model; false: the job rejected it
 * @param warning what happened and what to do, for people
 */
@PublicApi
public record ForeignContribution(
    long round, String contribution, boolean counted, String warning) {}
