/** {@code swarm chaos}: kills processes during trainings, and measures what that costs. */
@NullMarked
package io.swarmstream.lab.chaos;

import org.jspecify.annotations.NullMarked;
