/** {@code swarm soak}: many rounds, to see that nothing grows. */
@NullMarked
package io.swarmstream.lab.soak;

import org.jspecify.annotations.NullMarked;
