/** Child processes and background threads. */
@NullMarked
package io.swarmstream.schemas.processes;

import org.jspecify.annotations.NullMarked;
