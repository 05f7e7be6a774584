package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.Rejections;
import io.swarmstream.operators.coordination.RoundState.Phase;
import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.CoordinatorSignal;
import io.swarmstream.operators.messages.Header;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.messages.SealedRound;
import io.swarmstream.operators.messages.SitePresence;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, for each contract, who is in a round and when it closes.
 *
 * <p>It answers each receipt with one verdict to the window that holds the chunk: a dismissal, or a
 * place in the round's plan. Round r+1 opens when the sealed record of round r has been read back
 * from the log, so no site can start from a model that could still be undone.
 */
public final class CoordinateRounds
    extends KeyedProcessFunction<String, CoordinatorSignal, ChunkSignal> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CoordinateRounds.class);

  public static final OutputTag<RoundHead> HEADS =
      new OutputTag<>("round-heads", TypeInformation.of(RoundHead.class));
  public static final OutputTag<OutboundRecord> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(OutboundRecord.class));
  public static final OutputTag<OutboundRecord> REJECTIONS =
      new OutputTag<>("coordinator-rejections", TypeInformation.of(OutboundRecord.class));

  /** Chunks of the round's model that are to be published again. */
  public static final OutputTag<ModelSignal> LOST_CHUNKS =
      new OutputTag<>("lost-chunks", TypeInformation.of(ModelSignal.class));

  /** Round records that are to be published again. */
  public static final OutputTag<SealSignal> LOST_RECORDS =
      new OutputTag<>("lost-records", TypeInformation.of(SealSignal.class));

  /** News wait for more news this long. */
  private static final long NOTICE_DELAY_MS = 200;

  /** Without news a notice is repeated this often while a round is open. */
  private static final long NOTICE_INTERVAL_MS = 5_000;

  private static final long NOT_STARTED = Long.MIN_VALUE;

  // -- runtime
  /** Null: the contract is unknown. */
  private transient ValueState<ContractTerms> terms;

  /** Block of the newest contract event applied; null: none. */
  private transient ValueState<Long> block;

  /** Log index of the newest contract event applied; null: none. */
  private transient ValueState<Long> logIndex;

  /** Null: the contract is unknown. */
  private transient ValueState<RoundState> state;

  /**
   * Receipts for the next round from sites that were faster than the read-back; empty while a round
   * is open.
   */
  private transient ListState<Receipt> early;

  /** Newest round found in the log before the chain named the contract; null: none. */
  private transient ValueState<Long> roundsBefore;

  /** Null: nothing is to be read back, as while a round is open. */
  private transient ValueState<ReadBackWait> readBackWait;

  private transient Membership members;
  private transient RoundBook book;

  /**
   * Time of the first signal or timer since this attempt of the job runs; what was set going before
   * it, was so by an earlier attempt.
   */
  private transient long startedMs;

  @Override
  public void open(OpenContext context) {
    startedMs = NOT_STARTED;
    var runtime = getRuntimeContext();
    terms =
        runtime.getState(
            new ValueStateDescriptor<>("terms", TypeInformation.of(ContractTerms.class)));
    block = runtime.getState(new ValueStateDescriptor<>("block", Types.LONG));
    logIndex = runtime.getState(new ValueStateDescriptor<>("log-index", Types.LONG));
    state =
        runtime.getState(new ValueStateDescriptor<>("round", TypeInformation.of(RoundState.class)));
    roundsBefore = runtime.getState(new ValueStateDescriptor<>("rounds-before", Types.LONG));
    readBackWait =
        runtime.getState(
            new ValueStateDescriptor<>("read-back-wait", TypeInformation.of(ReadBackWait.class)));
    early =
        runtime.getListState(
            new ListStateDescriptor<>("early-receipts", TypeInformation.of(Receipt.class)));
    members = new Membership(runtime);
    book = new RoundBook(runtime);
  }

  @Override
  public void processElement(CoordinatorSignal signal, Context context, Collector<ChunkSignal> out)
      throws Exception {
    noteStart(context);
    if (signal.event() != null) {
      onContractEvent(signal.event(), context, out);
    } else if (terms.value() == null) {
      // Only the log can speak of a contract before the chain does.
      if (signal.sealed() != null) {
        roundsBefore.update(signal.sealed().round());
      }
    } else if (signal.receipt() != null) {
      onReceipt(signal.receipt(), context, out);
    } else if (signal.presence() != null) {
      onPresence(signal.presence(), context, out);
    } else if (signal.sealed() != null) {
      onSealed(signal.sealed(), context, out);
    } else if (signal.fence() != null) {
      onFence(signal.fence(), context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ChunkSignal> out)
      throws Exception {
    noteStart(context);
    RoundState now = Objects.requireNonNull(state.value());
    if (now.phase() != Phase.OPEN) {
      askAgain(now, context);
      return;
    }
    now = graceSinceStart(now, context);
    if (now.noticeAtMs() == timestamp) {
      // Also without news: a site that the job has missed learns it from a notice newer than what
      // it sent.
      long next = timestamp + NOTICE_INTERVAL_MS;
      now = now.noticeAt(next);
      state.update(now);
      context.timerService().registerProcessingTimeTimer(next);
      context.output(
          NOTICES, Notices.waiting(contractTerms(), now, completeSites(), members, timestamp));
    }
    if (now.closesAtMs() == timestamp) {
      close("grace-period", context, out);
    }
  }

  private void noteStart(Context context) {
    if (startedMs == NOT_STARTED) {
      startedMs = now(context);
    }
  }

  /**
   * A grace period that was running when the job stopped begins again with the job: while it was
   * away no site could be heard, and what they sent meanwhile is still to be read.
   */
  private RoundState graceSinceStart(RoundState now, Context context) throws Exception {
    long graceMs = contractTerms().gracePeriodMs();
    // What ends sooner after the start than a grace period lasts, began before it.
    long sinceStartMs = later(startedMs, graceMs);
    if (now.closesAtMs() == RoundState.NEVER || now.closesAtMs() >= sinceStartMs) {
      return now;
    }
    deleteTimer(now.closesAtMs(), now.noticeAtMs(), context);
    RoundState again = now.closingAt(sinceStartMs);
    context.timerService().registerProcessingTimeTimer(sinceStartMs);
    state.update(again);
    return again;
  }

  private void onContractEvent(ContractEvent event, Context context, Collector<ChunkSignal> out)
      throws Exception {
    @Nullable Long seenBlock = block.value();
    if (seenBlock != null && !event.isAfter(seenBlock, Objects.requireNonNull(logIndex.value()))) {
      return; // each admission subtask passes it on
    }
    if (terms.value() == null && event.kind() != ContractEvent.Kind.CREATED) {
      return; // of a contract that this job does not serve
    }
    block.update(event.block());
    logIndex.update(event.logIndex());
    switch (event.kind()) {
      case CREATED -> create(Objects.requireNonNull(event.terms()), context);
      case SITE_ENROLLED ->
          members.enrol(
              Objects.requireNonNull(event.site()),
              new EnrolledSite(Objects.requireNonNull(event.siteName()), event.maxWeight()));
      case SITE_REMOVED -> {
        String site = Objects.requireNonNull(event.site());
        dismiss(
            site,
            null,
            RejectionReason.UNKNOWN_SITE,
            "site",
            "the site was removed from contract "
                + event.contract()
                + "; have the contract's owner enrol it again",
            context,
            out);
        members.remove(site);
      }
    }
    review(context, out);
  }

  private void create(ContractTerms agreed, Context context) throws Exception {
    if (terms.value() != null) {
      // A chain that was reorganised tells it twice. Terms never change, and a training never
      // begins again.
      LOG.warn("Ignored a second creation of contract {}", agreed.contract());
      return;
    }
    terms.update(agreed);
    String fence = UUID.randomUUID().toString();
    long now = now(context);
    state.update(
        new RoundState(
            Phase.FENCING, 0, Hash.ZERO.hex(), now, RoundState.NEVER, RoundState.NEVER, fence));
    @Nullable Long found = roundsBefore.value();
    roundsBefore.clear();
    if (found == null) {
      context.output(NOTICES, Notices.fence(agreed, fence, now));
      awaitReadBack(ReadBackWait.begun(now), context);
    } else {
      halt(found, "the job was started without its state", context);
    }
  }

  /** Takes nothing more of this contract: the log holds what this state cannot have made. */
  private void halt(long foundRound, String why, Context context) throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    deleteTimers(now, context);
    endReadBackWait(context);
    LOG.error(
        "Contract {} halted: its log holds a round {} that this job, at round {}, did not make; {}. Cancel the job and"
            + " start it from its newest checkpoint or savepoint.",
        contractTerms().contract(),
        foundRound,
        now.round(),
        why);
    state.update(now.withPhase(Phase.HALTED));
  }

  private void onPresence(SitePresence presence, Context context, Collector<ChunkSignal> out)
      throws Exception {
    members.hear(presence.site(), presence.present(), presence.atMs());
    review(context, out);
  }

  /** The fence is back: all that stood in the log before it has been heard, and it was nothing. */
  private void onFence(String fence, Context context, Collector<ChunkSignal> out) throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    if (now.phase() == Phase.FENCING && now.fence().equals(fence)) {
      openRound(0, Hash.ZERO.hex(), context, out);
    }
  }

  private void onSealed(SealedRound sealed, Context context, Collector<ChunkSignal> out)
      throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    if (now.phase() == Phase.HALTED) {
      return;
    }
    if (now.phase() == Phase.SEALING && sealed.round() == now.round()) {
      openRound(sealed.round() + 1, sealed.modelHash(), context, out);
      return;
    }
    boolean anotherModel =
        sealed.round() == now.round() - 1 && !sealed.modelHash().equals(now.baseHash());
    if (sealed.round() >= now.round() || anotherModel) {
      for (String site : begunSites()) {
        dismiss(site, null, RejectionReason.NOT_RESTORED, "", notRestored(), context, out);
      }
      halt(
          sealed.round(),
          anotherModel ? "there are two models of it" : "the job was started without its state",
          context);
      takeEarly(context, out);
    }
  }

  private void openRound(long round, String baseHash, Context context, Collector<ChunkSignal> out)
      throws Exception {
    endReadBackWait(context);
    state.update(Objects.requireNonNull(state.value()).opened(round, baseHash, now(context)));
    takeEarly(context, out);
    review(context, out);
  }

  private void awaitReadBack(ReadBackWait wait, Context context) throws Exception {
    readBackWait.update(wait);
    context.timerService().registerProcessingTimeTimer(wait.atMs());
  }

  private void endReadBackWait(Context context) throws Exception {
    @Nullable ReadBackWait wait = readBackWait.value();
    if (wait != null) {
      context.timerService().deleteProcessingTimeTimer(wait.atMs());
      readBackWait.clear();
    }
  }

  /**
   * Has published again, the same bytes, what should have been in the log by now: a Kafka
   * transaction that was lost between a checkpoint and its commit would stop the contract for ever.
   */
  private void askAgain(RoundState now, Context context) throws Exception {
    @Nullable ReadBackWait wait = readBackWait.value();
    if (wait == null) {
      return;
    }
    if (wait.sinceMs() < startedMs) {
      // The wait of an earlier attempt: what that one wrote may still be committed or read.
      awaitReadBack(ReadBackWait.begun(startedMs), context);
      return;
    }
    ContractTerms agreed = contractTerms();
    LOG.warn(
        "Contract {}: {} has not come back from the log for {} s and is published again; if that goes on, see whether"
            + " Kafka can commit this job's transactions",
        agreed.contract(),
        now.phase() == Phase.FENCING ? "the fence" : "the record of round " + now.round(),
        (now(context) - wait.sinceMs()) / 1000);
    if (now.phase() == Phase.FENCING) {
      context.output(NOTICES, Notices.fence(agreed, now.fence(), now(context)));
    } else {
      int chunkCount = agreed.chunks().chunkCount();
      for (int chunk = 0; chunk < chunkCount; chunk++) {
        context.output(
            LOST_CHUNKS, ModelSignal.again(agreed.contract(), chunk, chunkCount, now.round()));
      }
      context.output(LOST_RECORDS, SealSignal.again(agreed.contract(), now.round()));
    }
    awaitReadBack(wait.asked(), context);
  }

  private void takeEarly(Context context, Collector<ChunkSignal> out) throws Exception {
    List<Receipt> waiting = new ArrayList<>();
    early.get().forEach(waiting::add);
    early.clear();
    for (Receipt receipt : waiting) {
      onReceipt(receipt, context, out);
    }
  }

  private void onReceipt(Receipt receipt, Context context, Collector<ChunkSignal> out)
      throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    boolean forNext =
        now.phase() == Phase.FENCING
            ? receipt.round() == now.round()
            : now.phase() == Phase.SEALING && receipt.round() == now.round() + 1;
    if (forNext) {
      early.add(receipt);
      return;
    }
    @Nullable Flaw flaw = flaw(receipt, now);
    if (flaw != null) {
      context.output(REJECTIONS, Rejections.of(receipt, flaw, now(context)));
      out.collect(ChunkSignal.dismissal(receipt));
      return;
    }
    members.markLive(receipt.site());
    if (!book.enter(receipt, contractTerms().chunks().chunkCount())) {
      return; // one more live site, perhaps, but no more complete ones: nothing closes by that
    }
    dismiss(
        receipt.site(),
        receipt.contribution(),
        RejectionReason.CONFLICTING,
        "merkleRoot",
        "site "
            + members.name(receipt.site())
            + " has contributed "
            + receipt.contribution()
            + " to this round as a whole; one contribution a round counts, the first that is whole",
        context,
        out);
    review(context, out);
  }

  private @Nullable Flaw flaw(Receipt receipt, RoundState now) throws Exception {
    if (now.phase() == Phase.HALTED) {
      return new Flaw(RejectionReason.NOT_RESTORED, "", notRestored());
    }
    String name = members.name(receipt.site());
    if (receipt.round() < now.round()
        || (receipt.round() == now.round() && now.phase() != Phase.OPEN)) {
      return new Flaw(
          RejectionReason.STALE_ROUND,
          "round",
          String.format(
              "site %s contributed to round %d, which is closed; take the newest model and contribute to the round"
                  + " after it",
              name, receipt.round()));
    }
    if (receipt.round() > now.round()) {
      return new Flaw(
          RejectionReason.FUTURE_ROUND,
          "round",
          String.format(
              "site %s contributed to round %d, round %d is open; contribute to the round after the newest model",
              name, receipt.round(), now.round()));
    }
    if (!receipt.baseHash().equals(now.baseHash())) {
      return new Flaw(
          RejectionReason.WRONG_BASE,
          "baseHash",
          String.format(
              "site %s started from model %s, round %d starts from %s; take the newest model and train from it",
              name, receipt.baseHash(), now.round(), now.baseHash()));
    }
    if (!members.isEnrolled(receipt.site())) {
      return new Flaw(
          RejectionReason.UNKNOWN_SITE,
          "site",
          "site " + receipt.site() + " was removed from the contract");
    }
    if (receipt.header().weight() > members.maxWeight(receipt.site())) {
      return new Flaw(
          RejectionReason.BAD_HEADER,
          "header.weight",
          String.format(
              "weight %d; site %s is enrolled with weights 0 to %d by now",
              receipt.header().weight(), name, members.maxWeight(receipt.site())));
    }
    @Nullable Header begun = book.header(receipt);
    if (begun != null && !begun.equals(receipt.header())) {
      return new Flaw(
          RejectionReason.CONFLICTING,
          "header",
          String.format(
              "site %s signed this contribution with another header before: %s; the first one counts",
              name, begun));
    }
    @Nullable ChunkRef before = book.received(receipt);
    if (before != null) {
      return new Flaw(
          RejectionReason.DUPLICATE,
          "chunkIndex",
          String.format(
              "chunk %d of this contribution of site %s is in already (partition %d, offset %d); it counts once",
              receipt.chunk(), name, before.partition(), before.offset()));
    }
    @Nullable String whole = book.completed(receipt.site());
    if (whole != null) {
      return new Flaw(
          RejectionReason.CONFLICTING,
          "merkleRoot",
          String.format(
              "site %s has contributed %s to round %d as a whole, this chunk is of %s; one contribution a round counts,"
                  + " the first that is whole",
              name, whole, now.round(), receipt.contribution()));
    }
    return null;
  }

  /** Applies the quorum rule after anything that may have changed its verdict. */
  private void review(Context context, Collector<ChunkSignal> out) throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    if (now.phase() != Phase.OPEN) {
      return;
    }
    switch (new QuorumRule(contractTerms().minPeers()).judge(completeSites(), members.live())) {
      case CLOSE -> {
        close("all-live", context, out);
        return;
      }
      case GRACE -> {
        if (now.closesAtMs() == RoundState.NEVER) {
          now = now.closingAt(later(now(context), contractTerms().gracePeriodMs()));
          context.timerService().registerProcessingTimeTimer(now.closesAtMs());
        }
      }
      case WAIT -> {
        if (now.closesAtMs() != RoundState.NEVER) {
          deleteTimer(now.closesAtMs(), now.noticeAtMs(), context);
          now = now.closingAt(RoundState.NEVER);
        }
      }
    }
    long soon = now(context) + NOTICE_DELAY_MS;
    if (now.noticeAtMs() == RoundState.NEVER || now.noticeAtMs() > soon) {
      deleteTimer(now.noticeAtMs(), now.closesAtMs(), context);
      now = now.noticeAt(soon);
      context.timerService().registerProcessingTimeTimer(soon);
    }
    state.update(now);
  }

  private void close(String closedBy, Context context, Collector<ChunkSignal> out)
      throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    ContractTerms agreed = contractTerms();
    Map<String, Tally> participants = book.completeTallies();
    List<String> leftOut = new ArrayList<>();
    for (String site : members.live()) {
      if (!participants.containsKey(site)) {
        leftOut.add(members.name(site));
        members.markAbsent(site, now(context));
      }
    }
    for (String site : begunSites()) {
      if (!participants.containsKey(site)) {
        dismiss(
            site,
            null,
            RejectionReason.INCOMPLETE,
            "chunkCount",
            String.format(
                "round %d closed before all %d chunks of this contribution had come; take the newest model and"
                    + " contribute to the next round",
                now.round(), agreed.chunks().chunkCount()),
            context,
            out);
      }
    }
    for (int chunk = 0; chunk < agreed.chunks().chunkCount(); chunk++) {
      List<PlannedDelta> deltas = new ArrayList<>(participants.size());
      for (Tally tally : participants.values()) {
        deltas.add(new PlannedDelta(book.ref(tally, chunk), tally.header().weight()));
      }
      ChunkPlan plan = new ChunkPlan(agreed.method(), agreed.chunks().chunkCount(), deltas);
      out.collect(ChunkSignal.plan(agreed.contract(), chunk, now.round(), plan));
    }
    List<RoundHead.Participating> in = new ArrayList<>();
    for (Tally tally : participants.values()) {
      in.add(
          new RoundHead.Participating(
              tally.site(), members.name(tally.site()), tally.contribution(), tally.header()));
    }
    context.output(
        HEADS,
        new RoundHead(
            agreed,
            now.round(),
            now.baseHash(),
            in,
            leftOut,
            closedBy,
            now.openedAtMs(),
            now(context)));
    deleteTimers(now, context);
    book.clear();
    state.update(now.withPhase(Phase.SEALING));
    awaitReadBack(ReadBackWait.begun(now(context)), context);
  }

  /**
   * Dismisses all that is in of a site but for one contribution, and says so once for each
   * contribution.
   */
  private void dismiss(
      String site,
      @Nullable String keep,
      RejectionReason reason,
      String field,
      String message,
      Context context,
      Collector<ChunkSignal> out)
      throws Exception {
    RoundState now = Objects.requireNonNull(state.value());
    String contract = contractTerms().contract();
    for (Map.Entry<Tally, Map<Integer, ChunkRef>> struck :
        book.strikeOthers(site, keep).entrySet()) {
      struck
          .getValue()
          .forEach(
              (chunk, ref) ->
                  out.collect(ChunkSignal.dismissal(contract, chunk, now.round(), ref)));
      context.output(
          REJECTIONS,
          Rejections.of(
              contract,
              now.round(),
              site,
              struck.getKey().contribution(),
              new Flaw(reason, field, message),
              now(context)));
    }
  }

  private Set<String> begunSites() throws Exception {
    Set<String> sites = new TreeSet<>();
    book.begun().forEach(tally -> sites.add(tally.site()));
    return sites;
  }

  private Set<String> completeSites() throws Exception {
    return new HashSet<>(book.completeTallies().keySet());
  }

  private ContractTerms contractTerms() throws Exception {
    return Objects.requireNonNull(terms.value());
  }

  private String notRestored() throws Exception {
    return "the job serves contract "
        + contractTerms().contract()
        + " without the state of its earlier rounds; have it started from its newest checkpoint";
  }

  private static void deleteTimers(RoundState now, Context context) {
    deleteTimer(now.closesAtMs(), RoundState.NEVER, context);
    deleteTimer(now.noticeAtMs(), RoundState.NEVER, context);
  }

  /**
   * Deletes a timer unless another purpose has one at the same time: Flink holds only one of the
   * two.
   */
  private static void deleteTimer(long atMs, long otherAtMs, Context context) {
    if (atMs != RoundState.NEVER && atMs != otherAtMs) {
      context.timerService().deleteProcessingTimeTimer(atMs);
    }
  }

  /** Terms may say a grace period without end. */
  private static long later(long nowMs, long ms) {
    return ms > Long.MAX_VALUE - nowMs ? Long.MAX_VALUE : nowMs + ms;
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }
}
