/**
 * {@code swarm bench}: measures speed, and compares it with other systems and the machine's limits.
 */
@NullMarked
package io.swarmstream.lab.bench;

import org.jspecify.annotations.NullMarked;
