package io.swarmstream.clients.chain.tasks;

import java.time.Instant;
import java.util.Optional;

/**
 * A taskrunner as the chain has it.
 *
 * @param assignment empty when it is {@link RunState#IDLE}
 * @param enrolled peers of the present run that have enrolled
 * @param active peers that wait or run
 * @param changedAt when anything last changed
 */
public record Taskrunner(
    String name,
    RunState state,
    Optional<Assignment> assignment,
    int enrolled,
    int active,
    int completed,
    int failed,
    Instant changedAt) {}
