package io.swarmstream.clients.chain.tasks;

/**
 * What an agent says of one of its peers.
 *
 * @param index of the site in the agent's profile; 0 where the agent itself is the peer
 * @param uid name of the site's member; of the agent's where it is the peer
 * @param description for people, of any length up to 64 KiB
 */
public record PeerReport(int index, String uid, PeerState state, String description) {}
