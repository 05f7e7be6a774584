/** The shell at a terminal: editing, history, completion, colours. */
@NullMarked
package io.swarmstream.shell.console;

import org.jspecify.annotations.NullMarked;
