/**
 * Reads and writes pickles of one kind: a dict from names to numpy arrays. {@code Unpickler} builds
 * dicts, lists, tuples, strings, numbers and arrays, and nothing else: {@code PickleGlobal} lists
 * the constructors, and any other name is refused. Nothing that a pickle says is ever run. The
 * values of arrays stay in the file until they are needed, so memory does not depend on a model's
 * size.
 */
@NullMarked
package io.swarmstream.site.node.pickle;

import org.jspecify.annotations.NullMarked;
