package io.swarmstream.clients.chain.tasks;

/**
 * An agent that serves a taskrunner.
 *
 * @param sites number of sites that it can run
 */
public record RegisteredAgent(String account, int sites) {}
