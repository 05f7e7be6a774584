/** Tests of the console of a local swarm. */
@NullMarked
package io.swarmstream.local.console;

import org.jspecify.annotations.NullMarked;
