/** Instructions about the shell itself: folders, pauses, the end, help. */
@NullMarked
package io.swarmstream.shell.instructions.control;

import org.jspecify.annotations.NullMarked;
