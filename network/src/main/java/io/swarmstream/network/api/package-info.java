/** The API of a network node. */
@NullMarked
package io.swarmstream.network.api;

import org.jspecify.annotations.NullMarked;
