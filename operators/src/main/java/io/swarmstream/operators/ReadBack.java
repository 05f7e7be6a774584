package io.swarmstream.operators;

import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.InboundRecord;
import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the coordinators what stands in the rounds topics, which is what the sites go by. */
final class ReadBack implements FlatMapFunction<InboundRecord, CoordinatorSignal> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ReadBack.class);

  @Override
  public void flatMap(InboundRecord inbound, Collector<CoordinatorSignal> out) {
    Optional<String> contract = Topic.ROUNDS.contract(inbound.topic());
    if (contract.isEmpty()) {
      return;
    }
    try {
      if (WireFormat.ROUND_RECORD.frames(inbound.value())) {
        RoundRecord record = WireFormat.ROUND_RECORD.decode(inbound.value());
        out.collect(
            CoordinatorSignal.of(
                new SealedRound(
                    contract.get(), record.getRound(), Hash.of(record.getModelHash()).hex())));
      } else if (WireFormat.ROUND_NOTICE.frames(inbound.value())) {
        RoundNotice notice = WireFormat.ROUND_NOTICE.decode(inbound.value());
        if (!notice.getFence().isEmpty()) {
          out.collect(CoordinatorSignal.ofFence(contract.get(), notice.getFence()));
        }
      }
    } catch (MalformedRecordException e) {
      LOG.error("Ignored {}: only the job may write to it, and this is not its record", inbound, e);
    }
  }
}
