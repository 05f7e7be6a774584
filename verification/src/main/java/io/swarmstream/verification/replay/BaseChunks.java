package io.swarmstream.verification.replay;

import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Selects the chunks of models, and of the optimizer's state, from which a replay may start. */
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
    boolean ofState = Topic.OPTIMIZER.contract(record.topic()).isPresent();
    int vectors = ofState ? ChunkStep.vectors(plan.terms().optimizer()) : 1;
    if (plan.bases().contains(chunk.getRound())
        && SurveyedChunk.flaw(chunk, plan.terms(), vectors).isEmpty()) {
      int index = chunk.getChunkIndex();
      out.collect(
          StepSignal.base(
              plan.terms().contract(),
              index % plan.chunkCount(),
              chunk.getRound(),
              ofState ? index / plan.chunkCount() : StepSignal.MODEL,
              AvroBytes.of(chunk.getPayload())));
    }
  }
}
