package io.swarmstream.tasks.agent;

import java.time.Instant;

/**
 * What the owner of a host has said about a run, a task or an author.
 *
 * @param subject for people, such as {@code run 3}
 */
public record OwnersAnswer(String subject, boolean isYes, Instant at) {}
