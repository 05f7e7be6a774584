/** {@code swarm soak}: runs many rounds to check that nothing grows. */
@NullMarked
package io.swarmstream.lab.soak;

import org.jspecify.annotations.NullMarked;
