package io.swarmstream.clients.chain;

/**
 * A site as a training contract registers it.
 *
 * @param address address of the site, 0x and 40 lower-case hex digits
 * @param name human-readable name
 * @param maxWeight greatest weight that the site may ask for
 */
public record Enrolment(String address, String name, int maxWeight) {}
