package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.KnownModel;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.DeltaRangeException;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.masking.MaskRule;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SyncTimes;
import io.swarmstream.site.TrainingReport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs syncs: contributes a delta to the open round, waits for the round, and makes its model the
 * base of the next delta. For one thread at a time, but for what says otherwise.
 */
public final class SyncCycle {
  private static final Logger LOG = LoggerFactory.getLogger(SyncCycle.class);

  /** Encoded payloads are kept while they take this share of the heap: sites may share a JVM. */
  private static final int KEPT_HEAP_SHARE = 64;

  /** Masked ones take longer to encode again than to send. */
  private static final int KEPT_MASKED_HEAP_SHARE = 16;

  private final SiteConnection connection;
  private final SiteOptions options;
  private final ContractTerms terms;
  private final ContractLog log;
  private final BaseModel base;
  private final ContributionSender sender;
  private final AnchorCheck anchors;
  private final DeltaPrivacy privacy;
  private final ErrorFeedback feedback;
  private final SentContributions contributions;
  private final KeyWatch keyWatch;
  private final SealWait sealing;

  /** Null: the contract is not masked. */
  private final @Nullable MaskDesk masks;

  private final @Nullable MaskWait maskWait;

  private SyncCycle(SiteConnection connection, SentContributions contributions, long newestRound) {
    this.connection = connection;
    this.options = connection.options();
    this.terms = connection.terms();
    this.log = connection.log();
    this.base = new BaseModel(terms, options.modelFolder());
    this.sender =
        new ContributionSender(connection.producer(), terms.contract(), connection.site().name());
    this.sealing = new SealWait(connection, sender);
    this.anchors = new AnchorCheck(connection.chain(), options);
    this.privacy = new DeltaPrivacy(terms, options.memoryFolder());
    this.feedback = new ErrorFeedback(terms, options.modelFolder(), options.memoryFolder());
    this.contributions = contributions;
    this.masks = MaskDesk.of(connection).orElse(null);
    this.maskWait = masks == null ? null : masks.waiting(new Presence(connection));
    this.keyWatch =
        new KeyWatch(
            terms,
            connection.site().name(),
            connection.key().address(),
            connection::owner,
            contributions,
            newestRound);
  }

  /** Reads what earlier processes of the site have sent; the base is empty so far. */
  public static SyncCycle over(SiteConnection connection) {
    return new SyncCycle(
        connection,
        SentContributions.to(connection.terms(), connection.options().memoryFolder()),
        connection.log().rounds().newest().map(PublishedRound::round).orElse(-1L));
  }

  /** The model that the next delta is taken from; any thread may ask. */
  public Optional<Merged> base() {
    return base.current().map(Merged.class::cast);
  }

  /** Bytes of deltas handed to Kafka so far; any thread may ask. */
  public long bytesSent() {
    return sender.bytesSent();
  }

  /** Whether a round has a contribution that this site sent; any thread may ask. */
  public boolean participated(long round) {
    return participation(round).isPresent();
  }

  /** Takes the newest model as the base, unless it is the base. */
  public void catchUp() throws InterruptedException {
    Optional<PublishedRound> newest = log.rounds().newest();
    long now = base.current().map(HeldMerge::round).orElse(-1L);
    if (newest.isPresent() && newest.get().round() > now) {
      BaseModel.Received received = base.receive(this::readNewest);
      boolean anchored = anchors.confirm(received.sealed());
      feedback.passOver(received.sealed().round(), this::mayHaveCounted);
      HeldMerge merged = new HeldMerge(terms, received, false, anchored, watchKey(), null);
      privacy.checkBeginning(merged.summary());
      privacy.roundOver(merged.round());
      base.replace(merged);
    }
  }

  private PublishedRound readNewest(HeldModel place) throws InterruptedException {
    return connection
        .models()
        .newestComplete(log, known(), place, options.joinDeadline())
        .orElseThrow(() -> new IllegalStateException("no round is sealed"));
  }

  private KnownModel known() {
    return base.current()
        .map(held -> new KnownModel(held.round(), held.vector()))
        .orElse(KnownModel.NONE);
  }

  /** Signs a contribution and writes it to the log, unless its round is sealed already. */
  public Sent contribute(FlatVector weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    long began = System.nanoTime();
    @Nullable MaskWait wait = maskWait;
    if (wait != null) {
      return contributeMasked(wait, weights, report, deadline);
    }
    Contribution contribution =
        contribution(weights, WireViews.header(privacy.report(report)), null);
    long signed = System.nanoTime();
    long rejectionsBefore = log.rejections().seen();
    if (!isSealed(contribution.round())) {
      privacy.checkInitial(
          contribution.round(),
          contributions.hasAny(0) && !contributions.has(0, contribution.root().hex()));
      awaitOpenContract(deadline);
      contributions.add(contribution.round(), contribution.root());
      sender.send(contribution, deadline);
    }
    return new SentContribution(
        contribution.round(), contribution, rejectionsBefore, began, signed, System.nanoTime());
  }

  /** The same under masks, as soon as it is known among whom. */
  private Sent contributeMasked(
      MaskWait wait, FlatVector weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    long began = System.nanoTime();
    long rejectionsBefore = log.rejections().seen();
    HeldMerge from = base.current().orElse(null);
    long round = from == null ? 0 : from.round() + 1;
    Hash model = from == null ? Hash.ZERO : from.hash();
    // Before others count on this site.
    ContributionHeader header = WireViews.header(privacy.report(report));
    MaskRule.knownToAll(header.getWeight(), header.getCheckIn())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    @Nullable DeltaMask mask = wait.await(round, model, deadline);
    @Nullable Contribution contribution = mask == null ? null : contribution(weights, header, mask);
    long signed = System.nanoTime();
    if (mask != null && contribution != null && wait.maySend(contribution, mask)) {
      contributions.add(round, contribution.root());
      sender.send(contribution, deadline);
    } else {
      contribution = null;
    }
    return new SentContribution(
        round, contribution, rejectionsBefore, began, signed, System.nanoTime());
  }

  /**
   * Says to the other sites of a masked contract that this one is there; otherwise does nothing.
   */
  public void open(Duration deadline) throws InterruptedException {
    if (masks != null) {
      masks.open(deadline);
    }
  }

  /** Waits for the round of a contribution, sending again what the job misses. */
  public Merged await(Sent sent, Duration deadline) throws InterruptedException {
    if (!(sent instanceof SentContribution own)) {
      throw new IllegalArgumentException(
          sent + " was not sent by a site; give what contribute() returned");
    }
    @Nullable Contribution contribution = own.contribution();
    sealing.await(own, deadline);
    long sealed = System.nanoTime();
    BaseModel.Received received = base.receive(this::readNewest);
    long read = System.nanoTime();
    boolean anchored = anchors.confirm(received.sealed());
    SyncTimes times =
        new SyncTimes(own.began(), own.signed(), own.sent(), sealed, read, System.nanoTime());
    Optional<Participant> participation = participation(own.round());
    HeldMerge merged =
        new HeldMerge(terms, received, participation.isPresent(), anchored, watchKey(), times);
    privacy.checkBeginning(merged.summary());
    merged.clipped(connection.key().address()).ifPresent(this::warnOfClipping);
    if (contribution != null) {
      // While the base is still the one that the delta was taken from.
      feedback.roundOver(contribution, participation);
    }
    privacy.roundOver(merged.round());
    base.replace(merged);
    return merged;
  }

  private void warnOfClipping(ClippedDelta clipped) {
    LOG.warn(
        "Contract {}: {}; look at the learning rate, the data and the length of the interval, or train under a contract"
            + " with another --max-norm",
        terms.contract(),
        clipped);
  }

  private boolean isSealed(long round) {
    return log.rounds().newest().filter(newest -> newest.round() >= round).isPresent();
  }

  private Contribution contribution(
      FlatVector weights, ContributionHeader header, @Nullable DeltaMask mask) {
    try {
      return signed(weights, header, mask);
    } catch (DeltaRangeException e) {
      throw e.in(connection.layout());
    }
  }

  private Contribution signed(
      FlatVector weights, ContributionHeader header, @Nullable DeltaMask mask) {
    HeldMerge from = base.current().orElse(null);
    FlatVector delta = from == null ? weights : weights.minus(from.vector(), terms.chunkValues());
    long round = from == null ? 0 : from.round() + 1;
    Hash model = from == null ? Hash.ZERO : from.hash();
    float logClip = from == null ? 0 : from.logClip();
    FlatVector noised = privacy.of(delta, round, model, logClip); // before the mask
    long keptBytes =
        Runtime.getRuntime().maxMemory()
            / (mask == null ? KEPT_HEAP_SHARE : KEPT_MASKED_HEAP_SHARE);
    // What an encoding has left unsent is added after the noise; under masks nothing is left.
    FlatVector sent = mask == null ? feedback.addTo(noised) : noised;
    return Contribution.sign(connection.key(), terms, round, model, sent, header, keptBytes, mask);
  }

  /**
   * This site in a round, if it is in there, however many rounds ago that was. It need not be with
   * the contribution sent last: before a restart the site may have sent another.
   */
  private Optional<Participant> participation(long round) {
    return log.rounds().find(round).flatMap(keyWatch::own);
  }

  /** Whether a contribution of this site was merged in a round that is over, as far as is known. */
  private boolean mayHaveCounted(long round) {
    return contributions.hasAny(round)
        && log.rounds()
            .find(round)
            .map(closed -> keyWatch.own(closed).filter(ErrorFeedback::counts).isPresent())
            .orElse(true);
  }

  /** What somebody else has contributed with this site's key, as far as the log says it by now. */
  public Optional<ForeignContribution> watchKey() {
    return keyWatch.look(log.rounds(), log.rejections());
  }

  /**
   * Waits until the job has said anything of the contract: before that it drops what comes. A job
   * that is away will find the contribution in the log.
   */
  private void awaitOpenContract(Duration deadline) throws InterruptedException {
    Duration patience =
        deadline.compareTo(options.resendAfter()) < 0 ? deadline : options.resendAfter();
    try {
      log.await("the first notice", patience, () -> log.rounds().notice());
    } catch (DeadlineException e) {
      LOG.warn("{}; contributing all the same", e.getMessage());
    }
  }

  /** Forgets what the encoding has left unsent. */
  public void forgetUnsent() {
    feedback.forget();
  }

  /** Frees the models; they cannot be read any more. */
  public void discard() {
    if (masks != null) {
      masks.close();
    }
    base.discard();
    feedback.close();
  }
}
