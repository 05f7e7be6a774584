/** Tests of the grammar. */
@NullMarked
package io.swarmstream.shell.grammar;

import org.jspecify.annotations.NullMarked;
