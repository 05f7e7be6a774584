/** The production graph in one thread, for tests that need no cluster. */
@NullMarked
package io.swarmstream.operators.rig;

import org.jspecify.annotations.NullMarked;
