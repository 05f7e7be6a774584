/** {@code swarm attack}: plays attacks on a training in memory, and measures what they achieve. */
@NullMarked
package io.swarmstream.lab.attack;

import org.jspecify.annotations.NullMarked;
