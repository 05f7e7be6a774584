/**
 * The resource manager without an engine: {@link ProcessManager} builds Python environments and
 * runs trainers as processes of this user, each under a supervisor in Python that outlives the
 * agent. Limits protect the host from mistakes. They are no sandbox: such a trainer may read what
 * this user may.
 */
@NullMarked
package io.swarmstream.tasks.process;

import org.jspecify.annotations.NullMarked;
