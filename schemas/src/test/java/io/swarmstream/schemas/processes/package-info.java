@NullMarked
package io.swarmstream.schemas.processes;

import org.jspecify.annotations.NullMarked;
