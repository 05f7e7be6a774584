package io.swarmstream.operators;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.wire.OutboundRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The outputs of the graph.
 *
 * @param models model chunks, for the models topics
 * @param rounds round records and notices, for the rounds topics; each says under which terms it is
 *     to be signed
 * @param rejections rejections, for the rejections topics, likewise
 * @param anchors anchors for the chain, to be sent once a checkpoint has made the round durable
 */
public record SwarmStreams(
    DataStream<OutboundRecord> models,
    DataStream<OutboundRecord> rounds,
    DataStream<OutboundRecord> rejections,
    DataStream<Anchor> anchors) {}
