/**
 * Flink's source and sink for the topics of all contracts. Records are opaque bytes here; {@link
 * io.swarmstream.schemas.wire.WireFormat} defines their meaning.
 */
@NullMarked
package io.swarmstream.connectors.kafka;

import org.jspecify.annotations.NullMarked;
