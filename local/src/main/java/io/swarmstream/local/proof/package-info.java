/** Verifies rounds and exports models on this machine, for commands and for network nodes. */
@NullMarked
package io.swarmstream.local.proof;

import org.jspecify.annotations.NullMarked;
