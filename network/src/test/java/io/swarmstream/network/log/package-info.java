/** Tests of what a node reads from Kafka, beside its package. */
@NullMarked
package io.swarmstream.network.log;

import org.jspecify.annotations.NullMarked;
