/**
 * {@code swarm bench kernels}: compares the merge methods with other systems and with the machine's
 * limits.
 */
@NullMarked
package io.swarmstream.lab.bench.kernels;

import org.jspecify.annotations.NullMarked;
