/** Commands for child processes. */
@NullMarked
package io.swarmstream.schemas.processes;

import org.jspecify.annotations.NullMarked;
