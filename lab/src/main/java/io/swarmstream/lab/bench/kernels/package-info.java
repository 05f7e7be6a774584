/** {@code swarm bench kernels}: the merge methods against others' and the machine's limits. */
@NullMarked
package io.swarmstream.lab.bench.kernels;

import org.jspecify.annotations.NullMarked;
