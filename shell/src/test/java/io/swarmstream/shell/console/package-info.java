/** Tests of the shell as a console. */
@NullMarked
package io.swarmstream.shell.console;

import org.jspecify.annotations.NullMarked;
