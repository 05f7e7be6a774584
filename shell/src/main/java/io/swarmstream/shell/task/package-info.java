/** How the shell reads files that define tasks. */
@NullMarked
package io.swarmstream.shell.task;

import org.jspecify.annotations.NullMarked;
