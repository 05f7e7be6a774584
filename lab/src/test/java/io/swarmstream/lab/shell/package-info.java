/** The shell against a real network node and its chain. */
@NullMarked
package io.swarmstream.lab.shell;

import org.jspecify.annotations.NullMarked;
