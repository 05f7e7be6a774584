/** All instructions of the shell. */
@NullMarked
package io.swarmstream.shell.instructions;

import org.jspecify.annotations.NullMarked;
