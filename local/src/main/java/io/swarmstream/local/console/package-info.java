/** The web console of a swarm in this JVM, for its owner. */
@NullMarked
package io.swarmstream.local.console;

import org.jspecify.annotations.NullMarked;
