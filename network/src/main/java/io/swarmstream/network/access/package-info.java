/** Derives from the chain who may do what in Kafka, and keeps Kafka's access list equal to it. */
@NullMarked
package io.swarmstream.network.access;

import org.jspecify.annotations.NullMarked;
