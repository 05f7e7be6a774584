package io.swarmstream.verification.replay;

import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Selects the chunks of the models topic from which a replay may start. */
final class BaseChunks implements FlatMapFunction<InboundRecord, StepSignal> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ReplayPlan plan;

  BaseChunks(ReplayPlan plan) {
    this.plan = plan;
  }

  @Override
  public void flatMap(InboundRecord record, Collector<StepSignal> out) {
    ModelChunk chunk;
    try {
      chunk = WireFormat.MODEL_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      return; // the survey reports it
    }
    if (plan.bases().contains(chunk.getRound())
        && SurveyedChunk.flaw(chunk, plan.terms()).isEmpty()) {
      out.collect(
          StepSignal.base(
              plan.terms().contract(),
              chunk.getChunkIndex(),
              chunk.getRound(),
              AvroBytes.of(chunk.getPayload())));
    }
  }
}
