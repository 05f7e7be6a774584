package io.swarmstream.operators.admission;

import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.SitePresence;
import io.swarmstream.operators.messages.TurnedAway;
import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits valid records and rejects all others with a reason, which the package's checks find.
 *
 * <p>Emits an admitted chunk as a {@link ChunkSignal} and its receipt as a {@link
 * CoordinatorSignal}. A chunk that only its site's enrolment or the number of copies speaks against
 * is not admitted, but its receipt goes to the coordinator, which rejects it. Each contract event
 * follows the same way as the receipts, so that a coordinator knows a contract and its sites before
 * their first chunk.
 */
public final class AdmitRecords
    extends BroadcastProcessFunction<InspectedRecord, ContractEvent, ChunkSignal> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdmitRecords.class);

  /** Whose enrolment allows everything. */
  private static final EnrolledSite ANY_SITE = new EnrolledSite("any", Integer.MAX_VALUE);

  public static final OutputTag<CoordinatorSignal> SIGNALS =
      new OutputTag<>("coordinator-signals", TypeInformation.of(CoordinatorSignal.class));
  public static final OutputTag<OutboundRecord> REJECTIONS =
      new OutputTag<>("rejections", TypeInformation.of(OutboundRecord.class));

  // -- configuration
  private final long contributionLifetimeMs;

  // -- runtime
  private transient ChunkCheck chunkCheck;
  private transient SiteEventCheck eventCheck;
  private transient SignerCache signers;
  private transient DoorLimit doorLimit;
  private transient Counter admitted;
  private transient Counter rejected;
  private transient Counter unknownContract;

  /**
   * Makes the function.
   *
   * @param contributionLifetime how long a contribution may wait in an open round before it is
   *     dismissed and has to be sent again
   */
  public AdmitRecords(Duration contributionLifetime) {
    contributionLifetimeMs = contributionLifetime.toMillis();
  }

  /** The states that contract events are broadcast into. */
  public static MapStateDescriptor<?, ?>[] broadcastStates() {
    return KnownContracts.states();
  }

  @Override
  public void open(OpenContext context) {
    signers = new SignerCache();
    chunkCheck = new ChunkCheck(signers);
    eventCheck = new SiteEventCheck(signers);
    doorLimit = new DoorLimit(contributionLifetimeMs);
    var metrics = getRuntimeContext().getMetricGroup();
    admitted = metrics.counter("chunksAdmitted", new SimpleCounter());
    rejected = metrics.counter("recordsRejected", new SimpleCounter());
    unknownContract = metrics.counter("recordsOfUnknownContract", new SimpleCounter());
  }

  @Override
  public void processBroadcastElement(
      ContractEvent event, Context context, Collector<ChunkSignal> out) throws Exception {
    if (!KnownContracts.apply(event, context)) {
      return;
    }
    if (event.kind() == ContractEvent.Kind.SITE_REMOVED) {
      doorLimit.forget(event.contract(), Objects.requireNonNull(event.site()));
    }
    context.output(SIGNALS, CoordinatorSignal.of(event));
  }

  @Override
  public void processElement(
      InspectedRecord inspected, ReadOnlyContext context, Collector<ChunkSignal> out)
      throws Exception {
    InboundRecord record = inspected.record();
    Optional<String> ofDeltas = Topic.DELTAS.contract(record.topic());
    String contract =
        ofDeltas.or(() -> Topic.SITES.contract(record.topic())).orElse(record.topic());
    @Nullable ContractTerms terms = KnownContracts.of(context).terms(contract);
    if (terms == null) {
      // Its rejections topic may not exist, and a record that cannot be written would stop every
      // contract.
      unknownContract.inc();
      LOG.warn(
          "Dropped {}: the chain has no contract named {} (yet); its sender will send it again",
          record,
          contract);
    } else if (ofDeltas.isPresent() && MaskCheck.isMask(record.value())) {
      admitMask(terms, record, context);
    } else if (ofDeltas.isPresent()) {
      admitChunk(terms, inspected, context, out);
    } else {
      admitSiteEvent(terms, record, context);
    }
  }

  private void admitChunk(
      ContractTerms terms,
      InspectedRecord inspected,
      ReadOnlyContext context,
      Collector<ChunkSignal> out)
      throws Exception {
    InboundRecord record = inspected.record();
    String contract = terms.contract();
    @Nullable PayloadFacts payload = inspected.payload();
    if (payload == null) {
      Flaw malformed = malformed(Objects.requireNonNull(inspected.malformed()));
      reject(context, Rejections.of(contract, record, malformed, now(context)), terms);
      return;
    }
    DeltaChunk chunk = WireFormat.DELTA_CHUNK.decode(record.value());
    @Nullable EnrolledSite site = KnownContracts.of(context).site(contract, chunk.getSite());
    Optional<Flaw> flaw =
        SenderCheck.flaw(contract, chunk.getContract(), chunk.getSite(), site)
            .or(() -> chunkCheck.flaw(chunk, payload, terms, Objects.requireNonNull(site)))
            .or(() -> doorLimit.flaw(chunk, record.appendedMs()));
    ChunkRef ref = new ChunkRef(record.partition(), record.offset());
    if (flaw.isPresent()) {
      if (!chunk.getContract().equals(contract)
          || chunkCheck.flaw(chunk, payload, terms, ANY_SITE).isPresent()) {
        reject(context, Rejections.of(contract, record, chunk, flaw.get(), now(context)), terms);
      } else {
        turnAway(chunk, ref, record.appendedMs(), payload.hash(), flaw.get(), context);
      }
      return;
    }
    admitted.inc();
    out.collect(
        ChunkSignal.arrival(
            contract, chunk.getChunkIndex(), chunk.getRound(), ref, payload.hash()));
    context.output(SIGNALS, CoordinatorSignal.of(Receipt.of(chunk, ref, record.appendedMs())));
  }

  /**
   * Leaves the rejection of a chunk that is sound in itself to the coordinator: a plan may name it
   * that was made before a crash.
   */
  private void turnAway(
      DeltaChunk chunk,
      ChunkRef ref,
      long appendedMs,
      String hash,
      Flaw flaw,
      ReadOnlyContext context) {
    rejected.inc();
    TurnedAway why = new TurnedAway(flaw.reason(), flaw.field(), flaw.message(), hash);
    context.output(SIGNALS, CoordinatorSignal.of(Receipt.of(chunk, ref, appendedMs, why)));
  }

  private void admitSiteEvent(ContractTerms terms, InboundRecord record, ReadOnlyContext context)
      throws Exception {
    String contract = terms.contract();
    SiteEvent event;
    try {
      event = WireFormat.SITE_EVENT.decode(record.value());
    } catch (MalformedRecordException e) {
      Flaw malformed = malformed(e.getMessage());
      reject(context, Rejections.of(contract, record, malformed, now(context)), terms);
      return;
    }
    @Nullable EnrolledSite site = KnownContracts.of(context).site(contract, event.getSite());
    Optional<Flaw> flaw =
        SenderCheck.flaw(contract, event.getContract(), event.getSite(), site)
            .or(() -> eventCheck.flaw(event, terms));
    if (flaw.isPresent()) {
      reject(context, Rejections.of(contract, record, event, flaw.get(), now(context)), terms);
      return;
    }
    boolean present = event.getKind().equals(SiteEvents.JOINED);
    context.output(
        SIGNALS,
        CoordinatorSignal.of(
            new SitePresence(contract, event.getSite(), present, event.getAtMs())));
  }

  private void admitMask(ContractTerms terms, InboundRecord record, ReadOnlyContext context) {
    String contract = terms.contract();
    Optional<Flaw> flaw = MaskCheck.flaw(record.value(), terms);
    if (flaw.isPresent()) {
      reject(context, Rejections.of(contract, record, flaw.get(), now(context)), terms);
    } else {
      context.output(SIGNALS, CoordinatorSignal.ofMask(contract, record.value()));
    }
  }

  private static Flaw malformed(@Nullable String why) {
    return new Flaw(RejectionReason.MALFORMED, "", why + "; send a record that follows the schema");
  }

  private void reject(ReadOnlyContext context, OutboundRecord rejection, ContractTerms terms) {
    rejected.inc();
    context.output(REJECTIONS, rejection.under(terms.hash()));
  }

  private static long now(ReadOnlyContext context) {
    return context.currentProcessingTime();
  }
}
