/**
 * The laboratory: measures rounds and merge methods, compares them with other systems, and kills
 * processes at random. Users of the product do not need it; {@code ./swarm} has it on its class
 * path.
 */
@NullMarked
package io.swarmstream.lab;

import org.jspecify.annotations.NullMarked;
