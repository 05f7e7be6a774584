/** Instructions about tasks. */
@NullMarked
package io.swarmstream.shell.instructions.task;

import org.jspecify.annotations.NullMarked;
