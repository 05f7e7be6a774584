/** The network node: one process that an organisation runs to meet the others. */
@NullMarked
package io.swarmstream.network;

import org.jspecify.annotations.NullMarked;
