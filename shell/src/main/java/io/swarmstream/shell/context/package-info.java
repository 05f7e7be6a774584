/** Contexts: which network node commands go through, under the names that users gave them. */
@NullMarked
package io.swarmstream.shell.context;

import org.jspecify.annotations.NullMarked;
