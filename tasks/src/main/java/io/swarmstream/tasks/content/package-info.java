/**
 * Fills folders: {@link Download}s into them, and {@link Extraction}s of archives, neither of which
 * writes outside of the folder or more than it may.
 */
@NullMarked
package io.swarmstream.tasks.content;

import org.jspecify.annotations.NullMarked;
