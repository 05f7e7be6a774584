/** Options that several commands share. */
@NullMarked
package io.swarmstream.cli.options;

import org.jspecify.annotations.NullMarked;
