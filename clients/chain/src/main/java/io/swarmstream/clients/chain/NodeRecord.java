package io.swarmstream.clients.chain;

import java.time.Instant;

/**
 * A node as its member announced it. The member may have been suspended or removed since.
 *
 * @param account of the member that runs it
 * @param kind what it is, such as "network"; one record for each member and kind
 * @param url where members reach it
 * @param enode where the chain's nodes reach it; empty: it runs none
 * @param sealer account that seals blocks there; empty: none
 */
public record NodeRecord(
    String account,
    String kind,
    String url,
    String enode,
    String sealer,
    String version,
    Instant announcedAt) {}
