/**
 * Flink's source and sink of the topics of all contracts. Records cross as bytes; {@link
 * io.swarmstream.schemas.wire.WireFormat} says what they mean.
 */
@NullMarked
package io.swarmstream.connectors.kafka;

import org.jspecify.annotations.NullMarked;
