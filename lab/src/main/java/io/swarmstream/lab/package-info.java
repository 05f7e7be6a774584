/**
 * The laboratory: measures rounds and merge methods, compares them with other systems, kills
 * processes at random, and plays bad sites. Users of the product do not need it; {@code ./swarm}
 * has it on its class path.
 */
@NullMarked
package io.swarmstream.lab;

import org.jspecify.annotations.NullMarked;
