/** Instructions about contexts, and about reaching network nodes. */
@NullMarked
package io.swarmstream.shell.instructions.context;

import org.jspecify.annotations.NullMarked;
