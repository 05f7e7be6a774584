package io.swarmstream.operators;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.wire.OutboundRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the graph gives.
 *
 * @param models model chunks, for the models topics
 * @param rounds round records and notices, for the rounds topics; they say under which terms they
 *     are to be signed
 * @param rejections rejections, for the rejections topics, likewise
 * @param anchors what the chain shall hold, not before a checkpoint has made the round durable
 */
public record SwarmStreams(
    DataStream<OutboundRecord> models,
    DataStream<OutboundRecord> rounds,
    DataStream<OutboundRecord> rejections,
    DataStream<Anchor> anchors) {}
