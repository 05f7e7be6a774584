package io.swarmstream.jobs;

import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import org.apache.flink.api.common.functions.FilterFunction;

/** Passes on records for the topics of one kind. */
record OfTopic(Topic topic) implements FilterFunction<OutboundRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean filter(OutboundRecord outbound) {
    return topic.contract(outbound.topic()).isPresent();
  }
}
