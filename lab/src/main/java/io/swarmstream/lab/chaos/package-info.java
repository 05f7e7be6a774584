/** {@code swarm chaos}: kills processes in the middle of trainings, and counts what that costs. */
@NullMarked
package io.swarmstream.lab.chaos;

import org.jspecify.annotations.NullMarked;
