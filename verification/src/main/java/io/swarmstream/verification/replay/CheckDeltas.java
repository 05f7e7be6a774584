package io.swarmstream.verification.replay;

import io.swarmstream.operators.admission.ChunkCheck;
import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.SignerCache;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.Header;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.RoundMasks;
import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadCache;
import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Selects the delta chunks that the round records name, and checks each against the record and as
 * admission does.
 *
 * <p>Ignores all other chunks: the repeated merge proves that they entered none. Forwards a chunk
 * that falsely claims to be a named one together with its flaw, which counts only if the named
 * chunk is not found: anybody may have written a changed copy to the log, which the job rejected.
 */
public final class CheckDeltas extends RichFlatMapFunction<InboundRecord, DeltaSignal> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ReplayPlan plan;

  private final PayloadAccess payloads;

  // -- runtime
  private transient ChunkCheck check;
  private transient PayloadCache cache;

  /** By round and site. */
  private transient Map<Named, Integer> places;

  private record Named(long round, String site) {}

  public CheckDeltas(ReplayPlan plan, PayloadAccess payloads) {
    this.plan = plan;
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    cache = payloads.cache();
    check = new ChunkCheck(new SignerCache());
    places = new HashMap<>();
    for (RoundHead head : plan.rounds()) {
      for (int place = 0; place < head.participants().size(); place++) {
        places.put(new Named(head.round(), head.participants().get(place).site()), place);
      }
    }
  }

  @Override
  public void flatMap(InboundRecord record, Collector<DeltaSignal> out) {
    DeltaChunk chunk;
    try {
      chunk = WireFormat.DELTA_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      return; // anybody may write to this topic
    }
    @Nullable Integer place = places.get(new Named(chunk.getRound(), chunk.getSite()));
    int index = chunk.getChunkIndex();
    if (place == null || index < 0 || index >= plan.chunkCount()) {
      return;
    }
    byte[] payload = AvroBytes.of(chunk.getPayload());
    PayloadFacts facts = PayloadFacts.of(chunk.getEncoding(), chunk.getPayloadHash(), payload);
    Optional<String> flaw = flaw(chunk, facts, plan.head(chunk.getRound()), place);
    ChunkRef ref = new ChunkRef(record.partition(), record.offset());
    if (flaw.isPresent()) {
      out.collect(DeltaSignal.flawed(chunk.getRound(), index, place, ref, flaw.get()));
    } else {
      cache.put(plan.terms().payloadHash(), facts.hash(), payload);
      out.collect(DeltaSignal.found(chunk.getRound(), index, place, ref, facts.hash()));
    }
  }

  private Optional<String> flaw(DeltaChunk chunk, PayloadFacts payload, RoundHead head, int place) {
    RoundHead.Participating named = head.participants().get(place);
    String root = Hash.of(chunk.getMerkleRoot()).hex();
    if (!root.equals(named.contribution())) {
      return Optional.of(
          "it is of contribution " + root + ", the round record names " + named.contribution());
    }
    String base = Hash.of(chunk.getBaseHash()).hex();
    if (!base.equals(head.baseHash())) {
      return Optional.of("it starts from model " + base + ", the round from " + head.baseHash());
    }
    @Nullable RoundMasks masks = head.masks();
    String cohort = HexFormat.of().formatHex(AvroBytes.of(chunk.getCohort()));
    if (!cohort.equals(masks == null ? "" : masks.cohort())) {
      return Optional.of("it is masked among another cohort than the round record has");
    }
    Optional<String> header =
        HeaderDifference.between(Header.of(chunk.getHeader()), named.header());
    Optional<String> flaw =
        check
            .flaw(chunk, payload, plan.terms(), plan.site(named.site()))
            .map(CheckDeltas::withoutAdvice);
    return header.isPresent() && flaw.isPresent()
        ? Optional.of(header.get() + "; " + flaw.get())
        : header.or(() -> flaw);
  }

  /** Cuts off the advice to the sender, which follows the last semicolon of a flaw. */
  private static String withoutAdvice(Flaw flaw) {
    int advice = flaw.message().lastIndexOf("; ");
    return advice < 0 ? flaw.message() : flaw.message().substring(0, advice);
  }
}
