/** A client of a network node's API, and the JSON that both sides exchange. */
@NullMarked
package io.swarmstream.clients.network;

import org.jspecify.annotations.NullMarked;
