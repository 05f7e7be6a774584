/** Runs scripts, and reports what became of each line. */
@NullMarked
package io.swarmstream.shell.script;

import org.jspecify.annotations.NullMarked;
