/** Serves the pages of the web console: files that hold no data, under a strict policy. */
@NullMarked
package io.swarmstream.console;

import org.jspecify.annotations.NullMarked;
