package io.swarmstream.operators;

import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.ForeignRecord;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Reads the rounds topics back and tells the coordinators what sites can read there. A record that
 * cannot be the job's own is reported as foreign.
 */
final class ReadBack implements FlatMapFunction<InboundRecord, CoordinatorSignal> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(InboundRecord inbound, Collector<CoordinatorSignal> out) {
    Optional<String> contract = Topic.ROUNDS.contract(inbound.topic());
    if (contract.isEmpty()) {
      return;
    }
    try {
      read(contract.get(), inbound).ifPresent(out::collect);
    } catch (MalformedRecordException e) {
      out.collect(
          foreign(
              contract.get(),
              inbound,
              -1,
              RejectionReason.MALFORMED,
              "",
              String.valueOf(e.getMessage())));
    }
  }

  /** Empty for a notice, and for a kind of record that a later version may add. */
  private static Optional<CoordinatorSignal> read(String contract, InboundRecord inbound)
      throws MalformedRecordException {
    byte[] value = inbound.value();
    if (WireFormat.ROUND_RECORD.frames(value)) {
      return Optional.of(record(contract, inbound, WireFormat.ROUND_RECORD.decode(value)));
    }
    if (WireFormat.ROUND_NOTICE.frames(value)) {
      return notice(contract, inbound, WireFormat.ROUND_NOTICE.decode(value));
    }
    if (WireFormat.ROUND_PLAN.frames(value)) {
      return Optional.of(plan(contract, inbound, WireFormat.ROUND_PLAN.decode(value)));
    }
    if (WireFormat.MASK_ROSTER.frames(value)) {
      String named = WireFormat.MASK_ROSTER.decode(value).getContract();
      return Optional.of(mask(contract, inbound, -1, named));
    }
    if (WireFormat.MASK_COHORT.frames(value)) {
      MaskCohort cohort = WireFormat.MASK_COHORT.decode(value);
      return Optional.of(mask(contract, inbound, cohort.getRound(), cohort.getContract()));
    }
    if (!WireFormat.isFramed(value)) {
      throw new MalformedRecordException(
          value.length == 0
              ? "it is a tombstone, with an empty value"
              : "it does not start with a record's frame");
    }
    return Optional.empty();
  }

  private static CoordinatorSignal record(
      String contract, InboundRecord inbound, RoundRecord record) {
    if (!record.getContract().equals(contract)) {
      return ofAnotherContract(contract, inbound, record.getRound(), record.getContract());
    }
    return CoordinatorSignal.of(
        new SealedRound(
            contract,
            Hash.of(record.getTermsHash()).hex(),
            record.getRound(),
            Hash.of(record.getBaseHash()).hex(),
            Hash.of(record.getModelHash()).hex(),
            inbound.partition(),
            inbound.offset()));
  }

  private static CoordinatorSignal plan(String contract, InboundRecord inbound, RoundPlan plan) {
    return plan.getContract().equals(contract)
        ? CoordinatorSignal.ofPlan(contract, inbound.value())
        : ofAnotherContract(contract, inbound, plan.getRound(), plan.getContract());
  }

  private static CoordinatorSignal mask(
      String contract, InboundRecord inbound, long round, String named) {
    return named.equals(contract)
        ? CoordinatorSignal.ofMask(contract, inbound.value())
        : ofAnotherContract(contract, inbound, round, named);
  }

  private static Optional<CoordinatorSignal> notice(
      String contract, InboundRecord inbound, RoundNotice notice) {
    if (!notice.getContract().equals(contract)) {
      return Optional.of(
          ofAnotherContract(contract, inbound, notice.getRound(), notice.getContract()));
    }
    return notice.getFence().isEmpty()
        ? Optional.empty()
        : Optional.of(CoordinatorSignal.ofFence(contract, notice.getFence()));
  }

  private static CoordinatorSignal ofAnotherContract(
      String contract, InboundRecord inbound, long round, String named) {
    return foreign(
        contract,
        inbound,
        round,
        RejectionReason.WRONG_TOPIC,
        "contract",
        "it names contract " + named + ", the topic is of contract " + contract);
  }

  private static CoordinatorSignal foreign(
      String contract,
      InboundRecord inbound,
      long round,
      RejectionReason reason,
      String field,
      String message) {
    return CoordinatorSignal.of(
        new ForeignRecord(
            contract, round, inbound.partition(), inbound.offset(), reason, field, message));
  }
}
