/** Instructions about taskrunners and their agents. */
@NullMarked
package io.swarmstream.shell.instructions.taskrunner;

import org.jspecify.annotations.NullMarked;
