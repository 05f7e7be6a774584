package io.swarmstream.operators.rig;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.rounds.Fence;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a site has read of a masked contract's rounds topic, by the rules of ADR 33 and ADR 36. */
final class MaskedView {
  private final ContractTerms terms;
  private final Map<Long, Cohort> cohorts = new HashMap<>();
  private final Map<Long, byte[]> plans = new HashMap<>();
  private final Map<Long, MaskAgreement> agreements = new HashMap<>();
  private @Nullable MaskRoster roster;
  private @Nullable RoundRecord newest;
  private long fence;
  private int read;

  MaskedView(ContractTerms terms) {
    this.terms = terms;
  }

  /** Reads what is new; the records only ever grow. */
  void read(List<OutboundRecord> committed) throws MalformedRecordException {
    for (; read < committed.size(); read++) {
      OutboundRecord record = committed.get(read);
      if (record.topic().equals(Topic.ROUNDS.of(terms.contract()))) {
        take(record.value());
      }
    }
  }

  private void take(byte[] value) throws MalformedRecordException {
    if (WireFormat.ROUND_NOTICE.frames(value)) {
      RoundNotice notice = WireFormat.ROUND_NOTICE.decode(value);
      fence = Math.max(fence, Fence.number(notice.getFence()));
    } else if (WireFormat.MASK_ROSTER.frames(value)) {
      MaskRoster next = WireFormat.MASK_ROSTER.decode(value);
      roster = next.getFence() == fence ? next : roster;
    } else if (WireFormat.MASK_COHORT.frames(value)) {
      MaskCohort next = WireFormat.MASK_COHORT.decode(value);
      if (next.getFence() == fence) {
        cohorts.putIfAbsent(next.getRound(), Cohort.of(next));
      }
    } else if (WireFormat.ROUND_PLAN.frames(value)) {
      RoundPlan next = WireFormat.ROUND_PLAN.decode(value);
      if (next.getFence() == fence) {
        plans.putIfAbsent(next.getRound(), value);
      }
    } else if (WireFormat.MASK_AGREEMENT.frames(value)) {
      MaskAgreement next = WireFormat.MASK_AGREEMENT.decode(value);
      agreements.put(next.getRound(), next);
    } else if (WireFormat.ROUND_RECORD.frames(value)) {
      RoundRecord next = WireFormat.ROUND_RECORD.decode(value);
      newest = newest == null || next.getRound() > newest.getRound() ? next : newest;
    }
  }

  /** The round after the newest record. */
  long openRound() {
    return newest == null ? 0 : newest.getRound() + 1;
  }

  /** Hash of the model that the open round starts from. */
  Hash base() {
    return newest == null ? Hash.ZERO : Hash.of(newest.getModelHash());
  }

  @Nullable MaskRoster roster() {
    return roster;
  }

  /** The cohort of the open round; null: it has none yet. */
  @Nullable Cohort cohort() {
    return cohorts.get(openRound());
  }

  /** The plan of the open round as published; null: it has none yet. */
  byte @Nullable [] plan() {
    return plans.get(openRound());
  }

  /** The newest agreement of the open round; null: it has none yet. */
  @Nullable MaskAgreement agreement() {
    return agreements.get(openRound());
  }
}
