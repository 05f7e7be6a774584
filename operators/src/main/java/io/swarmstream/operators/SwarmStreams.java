package io.swarmstream.operators;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.wire.OutboundRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The outputs of the graph.
 *
 * @param models chunks of models and of optimizers' state, for their topics; the same bytes
 *     whenever they are written again
 * @param rounds plans, round records, notices and fences, for the rounds topics; each says under
 *     which terms it is to be signed; records are the same bytes whenever they are written again
 * @param rejections rejections, for the rejections topics, likewise to be signed; each once
 * @param anchors anchors for the chain; the same whenever they are sent again
 */
public record SwarmStreams(
    DataStream<OutboundRecord> models,
    DataStream<OutboundRecord> rounds,
    DataStream<OutboundRecord> rejections,
    DataStream<Anchor> anchors) {}
