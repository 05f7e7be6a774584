package io.swarmstream.operators.admission;

import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.Header;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.SitePresence;
import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in what is what it says it is, and tells the sender of anything else why not.
 *
 * <p>Admitted chunks go on as {@link ChunkSignal}s, their receipts as {@link CoordinatorSignal}s.
 * Each contract event is passed on among the receipts, so that a coordinator knows of a contract
 * and its sites before it hears of their chunks.
 */
public final class AdmitRecords
    extends BroadcastProcessFunction<InspectedRecord, ContractEvent, ChunkSignal> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdmitRecords.class);

  public static final OutputTag<CoordinatorSignal> SIGNALS =
      new OutputTag<>("coordinator-signals", TypeInformation.of(CoordinatorSignal.class));
  public static final OutputTag<OutboundRecord> REJECTIONS =
      new OutputTag<>("rejections", TypeInformation.of(OutboundRecord.class));

  /** By contract. */
  static final MapStateDescriptor<String, ContractTerms> TERMS =
      new MapStateDescriptor<>("terms", Types.STRING, TypeInformation.of(ContractTerms.class));

  /** By contract, slash, site address; no entry: not enrolled. */
  static final MapStateDescriptor<String, EnrolledSite> SITES =
      new MapStateDescriptor<>(
          "enrolled-sites", Types.STRING, TypeInformation.of(EnrolledSite.class));

  // -- configuration
  private final long contributionLifetimeMs;

  // -- runtime
  private transient ChunkCheck chunkCheck;
  private transient SignerCache signers;
  private transient DoorLimit doorLimit;
  private transient Counter admitted;
  private transient Counter rejected;
  private transient Counter unknownContract;

  /**
   * Makes the function.
   *
   * @param contributionLifetime what waits longer in an open round is dismissed, to be sent again
   */
  public AdmitRecords(Duration contributionLifetime) {
    contributionLifetimeMs = contributionLifetime.toMillis();
  }

  /** The states that contract events are broadcast into. */
  public static MapStateDescriptor<?, ?>[] broadcastStates() {
    return new MapStateDescriptor<?, ?>[] {TERMS, SITES};
  }

  @Override
  public void open(OpenContext context) {
    signers = new SignerCache();
    chunkCheck = new ChunkCheck(signers);
    doorLimit = new DoorLimit();
    var metrics = getRuntimeContext().getMetricGroup();
    admitted = metrics.counter("chunksAdmitted", new SimpleCounter());
    rejected = metrics.counter("recordsRejected", new SimpleCounter());
    unknownContract = metrics.counter("recordsOfUnknownContract", new SimpleCounter());
  }

  @Override
  public void processBroadcastElement(
      ContractEvent event, Context context, Collector<ChunkSignal> out) throws Exception {
    BroadcastState<String, ContractTerms> terms = context.getBroadcastState(TERMS);
    BroadcastState<String, EnrolledSite> sites = context.getBroadcastState(SITES);
    if (event.kind() != ContractEvent.Kind.CREATED && !terms.contains(event.contract())) {
      return; // of a contract that this job does not serve
    }
    switch (event.kind()) {
      case CREATED -> {
        if (!terms.contains(event.contract())) {
          terms.put(event.contract(), Objects.requireNonNull(event.terms()));
        }
      }
      case SITE_ENROLLED ->
          sites.put(
              siteKey(event.contract(), event.site()),
              new EnrolledSite(Objects.requireNonNull(event.siteName()), event.maxWeight()));
      case SITE_REMOVED -> {
        String site = Objects.requireNonNull(event.site());
        sites.remove(siteKey(event.contract(), site));
        doorLimit.forget(event.contract(), site);
      }
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
    ContractTerms terms = context.getBroadcastState(TERMS).get(contract);
    if (terms == null) {
      // There need be no rejections topic for it: a record that cannot be written would stop every
      // contract.
      unknownContract.inc();
      LOG.warn(
          "Dropped {}: the chain has no contract named {} (yet); its sender will send it again",
          record,
          contract);
      return;
    }
    if (ofDeltas.isPresent()) {
      admitChunk(contract, inspected, terms, context, out);
    } else {
      admitSiteEvent(contract, record, terms, context);
    }
  }

  private void admitChunk(
      String contract,
      InspectedRecord inspected,
      ContractTerms terms,
      ReadOnlyContext context,
      Collector<ChunkSignal> out)
      throws Exception {
    InboundRecord record = inspected.record();
    @Nullable PayloadFacts payload = inspected.payload();
    if (payload == null) {
      Flaw malformed = malformed(Objects.requireNonNull(inspected.malformed()));
      reject(context, Rejections.of(contract, record, malformed, now(context)), terms);
      return;
    }
    DeltaChunk chunk = WireFormat.DELTA_CHUNK.decode(record.value());
    EnrolledSite site = enrolled(context, contract, chunk.getSite());
    Optional<Flaw> flaw =
        senderFlaw(contract, chunk.getContract(), chunk.getSite(), site)
            .or(() -> chunkCheck.flaw(chunk, payload, terms, Objects.requireNonNull(site)))
            .or(() -> repetitionFlaw(contract, chunk, record.appendedMs()));
    if (flaw.isPresent()) {
      reject(context, Rejections.of(contract, record, chunk, flaw.get(), now(context)), terms);
      return;
    }
    admitted.inc();
    ChunkRef ref = new ChunkRef(record.partition(), record.offset());
    out.collect(
        ChunkSignal.arrival(
            contract, chunk.getChunkIndex(), chunk.getRound(), ref, payload.hash()));
    context.output(
        SIGNALS,
        CoordinatorSignal.of(
            new Receipt(
                ref,
                record.appendedMs(),
                contract,
                chunk.getRound(),
                chunk.getSite(),
                chunk.getChunkIndex(),
                Hash.of(chunk.getMerkleRoot()).hex(),
                SignedContent.of(chunk).hex(),
                Hash.of(chunk.getBaseHash()).hex(),
                Header.of(chunk.getHeader()))));
  }

  private void admitSiteEvent(
      String contract, InboundRecord record, ContractTerms terms, ReadOnlyContext context)
      throws Exception {
    SiteEvent event;
    try {
      event = WireFormat.SITE_EVENT.decode(record.value());
    } catch (MalformedRecordException e) {
      Flaw malformed = malformed(e.getMessage());
      reject(context, Rejections.of(contract, record, malformed, now(context)), terms);
      return;
    }
    Optional<Flaw> flaw =
        senderFlaw(
                contract,
                event.getContract(),
                event.getSite(),
                enrolled(context, contract, event.getSite()))
            .or(() -> eventFlaw(event, terms));
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

  private static Optional<Flaw> senderFlaw(
      String topicContract, String contract, String site, @Nullable EnrolledSite enrolled) {
    if (!contract.equals(topicContract)) {
      return Optional.of(
          new Flaw(
              RejectionReason.WRONG_TOPIC,
              "contract",
              String.format(
                  "the record is for contract %s but came by a topic of %s",
                  contract, topicContract)));
    }
    if (enrolled == null) {
      return Optional.of(
          new Flaw(
              RejectionReason.UNKNOWN_SITE,
              "site",
              String.format(
                  "site %s is not enrolled in contract %s; have the contract's owner enrol it, or wait until the job"
                      + " has read the enrolment",
                  site, contract)));
    }
    return Optional.empty();
  }

  private Optional<Flaw> repetitionFlaw(String contract, DeltaChunk chunk, long appendedMs) {
    return doorLimit.flaw(
        new DoorLimit.Place(
            contract,
            chunk.getSite(),
            chunk.getRound(),
            chunk.getChunkIndex(),
            appendedMs / contributionLifetimeMs),
        SignedContent.of(chunk));
  }

  private Optional<Flaw> eventFlaw(SiteEvent event, ContractTerms terms) {
    if (!Hash.of(event.getTermsHash()).equals(terms.hash())) {
      return Optional.of(
          new Flaw(
              RejectionReason.WRONG_TERMS,
              "termsHash",
              "the site signed other terms than contract "
                  + terms.contract()
                  + " has; read the terms again"));
    }
    Optional<String> signer =
        signers.signer(SignedContent.of(event), AvroBytes.of(event.getSignature()));
    if (signer.isEmpty() || !signer.get().equals(event.getSite())) {
      return Optional.of(
          new Flaw(
              RejectionReason.BAD_SIGNATURE,
              "signature",
              "the signature is by "
                  + signer.orElse("nobody")
                  + ", the event says site "
                  + event.getSite()));
    }
    if (!event.getKind().equals(SiteEvents.JOINED) && !event.getKind().equals(SiteEvents.LEFT)) {
      return Optional.of(
          new Flaw(
              RejectionReason.BAD_HEADER,
              "kind",
              "kind \""
                  + event.getKind()
                  + "\"; known are "
                  + SiteEvents.JOINED
                  + " and "
                  + SiteEvents.LEFT));
    }
    return Optional.empty();
  }

  private static Flaw malformed(@Nullable String why) {
    return new Flaw(RejectionReason.MALFORMED, "", why + "; send what the schema says");
  }

  private @Nullable EnrolledSite enrolled(ReadOnlyContext context, String contract, String site)
      throws Exception {
    ReadOnlyBroadcastState<String, EnrolledSite> sites = context.getBroadcastState(SITES);
    return sites.get(siteKey(contract, site));
  }

  private void reject(ReadOnlyContext context, OutboundRecord rejection, ContractTerms terms) {
    rejected.inc();
    context.output(REJECTIONS, rejection.under(terms.hash()));
  }

  private static long now(ReadOnlyContext context) {
    return context.currentProcessingTime();
  }

  private static String siteKey(String contract, @Nullable String site) {
    return contract + "/" + Objects.requireNonNull(site).toLowerCase(Locale.ROOT);
  }
}
