/** Options that several commands have. */
@NullMarked
package io.swarmstream.cli.options;

import org.jspecify.annotations.NullMarked;
