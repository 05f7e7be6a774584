/** Tests of who may do what in Kafka, beside their package. */
@NullMarked
package io.swarmstream.network.access;

import org.jspecify.annotations.NullMarked;
