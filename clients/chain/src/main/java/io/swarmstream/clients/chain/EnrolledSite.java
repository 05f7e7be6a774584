package io.swarmstream.clients.chain;

/**
 * A site as it stands in a training contract.
 *
 * @param address address of the site, 0x and 40 lower-case hex digits
 * @param name what people call it
 * @param maxWeight greatest weight it may ask for
 */
public record EnrolledSite(String address, String name, int maxWeight) {}
