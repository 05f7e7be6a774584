package io.swarmstream.site;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.DeltaRangeException;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's part in one training: takes weights, gives merged weights.
 *
 * <pre>{@code
 * try (SwarmSite site = SwarmSite.join(options, key)) {
 *   float[] weights = site.begin(initialWeights, header, deadline).weights();
 *   while (training) {
 *     weights = site.sync(trainSomeBatches(weights), header, deadline).weights();
 *   }
 * }
 * }</pre>
 *
 * <p>Of one thread at a time.
 */
public final class SwarmSite implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmSite.class);

  /** Longest wait for Kafka to take the word that the site leaves. */
  private static final Duration LEAVING = Duration.ofSeconds(5);

  private final SiteOptions options;
  private final SiteKey key;
  private final String name;
  private final int maxWeight;
  private final ContractTerms terms;
  private final ModelLayout layout;
  private final ChainClient chain;
  private final DeltaProducer producer;
  private final ContractLog log;
  private final ModelLog models;
  private final AnchorCheck anchors;
  private final ErrorFeedback feedback;
  private final SentContributions contributions;
  private final KeyWatch keyWatch;

  /** What the next delta is taken from; null: no round is sealed, as far as this site knows. */
  private @Nullable Merged base;

  /** Where the next model is read to, which is where the one before the base was; null: nowhere. */
  private @Nullable HeldModel spare;

  private long bytesSent;

  private boolean released;

  private SwarmSite(SiteOptions options, SiteKey key, ChainClient chain, DeltaProducer producer)
      throws InterruptedException {
    this.options = options;
    this.key = key;
    this.chain = chain;
    this.producer = producer;
    String contract = options.contract();
    this.terms =
        chain
            .registry()
            .terms(contract)
            .orElseThrow(
                () ->
                    new SiteException(
                        "there is no contract "
                            + contract
                            + " on "
                            + chain.network()
                            + "; there are "
                            + chain.registry().names()
                            + ": name one of them, or create it"));
    this.layout = layout(chain, options, terms);
    Enrolment enrolled =
        chain.registry().sites(contract).stream()
            .filter(site -> site.address().equals(key.address()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SiteException(
                        "site "
                            + key.address()
                            + " is not enrolled in contract "
                            + contract
                            + "; have its owner "
                            + chain.registry().owner(contract).orElse("")
                            + " enrol that address"));
    this.name = enrolled.name();
    this.maxWeight = enrolled.maxWeight();
    this.log =
        ContractLog.ofSite(
            options.kafka(),
            terms,
            chain.registry().coordinator(contract).orElseThrow(),
            key.address(),
            options.joinDeadline());
    try {
      this.models =
          ModelLog.open(options.kafka(), contract, terms.chunks(), options.joinDeadline());
    } catch (RuntimeException | InterruptedException e) {
      log.close();
      throw e;
    }
    this.anchors = new AnchorCheck(chain, options);
    this.feedback = new ErrorFeedback(terms, options.modelFolder());
    this.contributions = SentContributions.to(terms, options.memoryFolder());
    this.keyWatch =
        new KeyWatch(
            terms,
            name,
            key.address(),
            this::owner,
            contributions,
            log.rounds().newest().map(PublishedRound::round).orElse(-1L));
  }

  private static ModelLayout layout(ChainClient chain, SiteOptions options, ContractTerms terms) {
    ModelLayout layout =
        chain
            .registry()
            .layout(terms.contract())
            .or(options::layout)
            .orElseThrow(
                () ->
                    new SiteException(
                        "the layout of contract "
                            + terms.contract()
                            + " is too long for the chain, which has its hash "
                            + terms.layoutHash()
                            + "; give the layout with SiteOptions.withLayout"));
    if (!layout.hash().hex().equals(terms.layoutHash())) {
      throw new SiteException(
          "the layout of this site's model hashes to "
              + layout.hash()
              + ", the terms of contract "
              + terms.contract()
              + " say "
              + terms.layoutHash()
              + "; give the contract's layout");
    }
    return layout;
  }

  /**
   * Joins a training contract: reads its terms, finds itself among the enrolled sites, tells the
   * job that it is there, and reads the newest model if there is one.
   *
   * @throws SiteException when there is no such contract, or the site is not enrolled
   * @throws io.swarmstream.clients.kafka.DeadlineException when Kafka does not answer in time
   * @throws io.swarmstream.clients.chain.ChainException when the chain cannot be read
   */
  public static SwarmSite join(SiteOptions options, SiteKey key) throws InterruptedException {
    SwarmSite site = connect(options, key);
    try {
      site.say(SiteEvents.JOINED, options.joinDeadline());
      site.catchUp();
      return site;
    } catch (RuntimeException | InterruptedException e) {
      site.release();
      throw e;
    }
  }

  private static SwarmSite connect(SiteOptions options, SiteKey key) throws InterruptedException {
    ChainClient chain = ChainClient.reading(options.chain());
    @Nullable DeltaProducer producer = null;
    try {
      producer = DeltaProducer.of(options.kafka());
      return new SwarmSite(options, key, chain, producer);
    } catch (RuntimeException | InterruptedException e) {
      if (producer != null) {
        producer.close();
      }
      chain.close();
      throw e;
    }
  }

  /** Readable name that the site is enrolled with. */
  public String name() {
    return name;
  }

  /** Its address, by which records name it. */
  public String address() {
    return key.address();
  }

  /** Greatest weight that it may ask for, as it was enrolled when it joined. */
  public int maxWeight() {
    return maxWeight;
  }

  public ContractTerms terms() {
    return terms;
  }

  public ModelLayout layout() {
    return layout;
  }

  /** The model that the next delta is taken from; empty before round 0. */
  public Optional<Merged> base() {
    return Optional.ofNullable(base);
  }

  /** What the contract's rounds and this site's rejections look like from here. */
  public ContractLog log() {
    return log;
  }

  /** Bytes of delta records that were handed to Kafka so far, also of those sent again. */
  public long bytesSent() {
    return bytesSent;
  }

  /**
   * Checks that a model is laid out as the contract says.
   *
   * @throws SiteException naming the first tensor that differs, with both shapes
   */
  public void requireLayout(ModelLayout model) {
    layout
        .firstDifference(model)
        .ifPresent(
            difference -> {
              throw new SiteException(
                  "the model does not fit contract "
                      + terms.contract()
                      + ": "
                      + difference
                      + "; train the contract's model, or create a contract for this one");
            });
  }

  /** Takes the newest model as the base; after a round that went on without this site. */
  public Optional<Merged> catchUp() throws InterruptedException {
    Optional<PublishedRound> newest = log.rounds().newest();
    if (newest.isPresent() && (base == null || newest.get().round() > base.round())) {
      become(readNewest());
    }
    return base();
  }

  private Received readNewest() throws InterruptedException {
    if (spare == null) {
      spare = HeldModel.make(terms.parameterCount(), options.modelFolder());
    }
    HeldModel model = spare;
    PublishedRound sealed =
        models
            .newestComplete(log, model, options.joinDeadline())
            .orElseThrow(() -> new IllegalStateException("no round is sealed"));
    return new Received(sealed, model);
  }

  /** A model as read, proven against its record. */
  private record Received(PublishedRound sealed, HeldModel model) {}

  private void become(Received received) throws InterruptedException {
    boolean anchored = anchors.confirm(received.sealed());
    become(
        new Merged(
            received.sealed(), received.model(), false, anchored, foreign().orElse(null), null));
  }

  private void become(Merged merged) {
    Merged before = base;
    base = merged;
    spare = before == null ? null : before.giveUp();
  }

  /**
   * What training begins with: the newest model, or, in a new training, what round 0 makes of all
   * sites' initial weights. Never contributes initial weights to a training that is under way, as
   * of a site that joins late or has been started again.
   *
   * @param initial of the contract's layout
   */
  public Merged begin(float[] initial, ContributionHeader header, Duration deadline)
      throws InterruptedException {
    Merged newest = base;
    return newest == null ? sync(initial, header, deadline) : newest;
  }

  /**
   * Contributes to the open round and waits for its merged model, which becomes the next base. In
   * round 0 the weights themselves are the contribution.
   *
   * <p>When the round went on without this contribution, the newest model comes back all the same,
   * and {@link Merged#participated()} says so: go on from there. So it does when the site had
   * contributed to the round before a restart: the first whole contribution counts.
   *
   * @param weights the site's weights, as many as the terms say
   * @param deadline longest wait for the contribution to be written, and again for the round to be
   *     sealed; reading the model and its anchor have the options' deadlines
   * @throws IllegalArgumentException when there are too many or too few weights, one is not finite,
   *     or is further from the base than the contract's encoding can say
   * @throws RejectedException when the job refused the contribution for good
   * @throws UnprovenException when the merged model is not what the chain has
   * @throws io.swarmstream.clients.kafka.DeadlineException when the round is not sealed in time;
   *     says who is missing
   */
  public Merged sync(float[] weights, ContributionHeader header, Duration deadline)
      throws InterruptedException {
    if (weights.length != terms.parameterCount()) {
      throw new IllegalArgumentException(
          "got "
              + weights.length
              + " weights, contract "
              + terms.contract()
              + " has "
              + terms.parameterCount()
              + " parameters; train a model of the contract's layout");
    }
    return sync(FlatVector.of(weights), header, deadline);
  }

  /**
   * The same, with weights that need not be in memory: they are read at most twice, and once more
   * each time that they are sent again.
   */
  public Merged sync(FlatVector weights, ContributionHeader header, Duration deadline)
      throws InterruptedException {
    return await(contribute(weights, header, deadline), deadline);
  }

  /**
   * The first half of a sync: signs the contribution and writes it to the log, unless its round is
   * sealed already, be it with this contribution: its model could not be read then, and it is given
   * in once more.
   *
   * @param weights not to be changed until {@link #await} is over
   * @param deadline longest wait for the log
   */
  public Sent contribute(FlatVector weights, ContributionHeader header, Duration deadline)
      throws InterruptedException {
    long began = System.nanoTime();
    Contribution contribution = contribution(weights, header);
    long signed = System.nanoTime();
    long rejectionsBefore = log.rejections().seen();
    if (!isSealed(contribution.round())) {
      awaitOpenContract(deadline);
      contributions.add(contribution.round(), contribution.root());
      send(contribution, deadline);
    }
    return new Sent(contribution, rejectionsBefore, began, signed, System.nanoTime());
  }

  /** The second half: waits for the round's model, sending again what the job misses. */
  public Merged await(Sent sent, Duration deadline) throws InterruptedException {
    Contribution contribution = sent.contribution();
    new RoundWait(RoundWait.News.of(log), name, options.resendAfter(), sent.rejectionsBefore())
        .await(contribution, left -> resend(contribution, left), deadline);
    long sealed = System.nanoTime();
    Received received = readNewest();
    long read = System.nanoTime();
    boolean anchored = anchors.confirm(received.sealed());
    SyncTimes times =
        new SyncTimes(sent.began(), sent.signed(), sent.sent(), sealed, read, System.nanoTime());
    Merged merged =
        new Merged(
            received.sealed(),
            received.model(),
            participated(sent.round()),
            anchored,
            foreign().orElse(null),
            times);
    merged.clipped(key.address()).ifPresent(this::tell);
    // While the base is still the one that the delta was taken from.
    feedback.roundOver(contribution, participation(sent.round()));
    become(merged);
    return merged;
  }

  private void tell(ClippedDelta clipped) {
    LOG.warn(
        "Contract {}: {}; look at the learning rate, the data and the length of the interval, or train under a contract"
            + " with another --max-norm",
        terms.contract(),
        clipped);
  }

  private boolean isSealed(long round) {
    return log.rounds().newest().filter(newest -> newest.round() >= round).isPresent();
  }

  private Contribution contribution(FlatVector weights, ContributionHeader header) {
    try {
      return signed(weights, header);
    } catch (DeltaRangeException e) {
      throw e.in(layout);
    }
  }

  private Contribution signed(FlatVector weights, ContributionHeader header) {
    Merged from = base;
    if (from == null) {
      return Contribution.sign(key, terms, 0, Hash.ZERO, feedback.addTo(weights), header);
    }
    FlatVector before = from.vector();
    float[] scratch = new float[terms.chunkValues()];
    FlatVector delta =
        (at, into, count) -> {
          weights.read(at, into, count);
          before.read(at, scratch, count);
          for (int i = 0; i < count; i++) {
            into[i] -= scratch[i];
          }
        };
    return Contribution.sign(
        key, terms, from.round() + 1, from.hash(), feedback.addTo(delta), header);
  }

  /** Whether a round has a contribution that this site sent; false when its record is gone. */
  public boolean participated(long round) {
    return participation(round).isPresent();
  }

  /**
   * This site in a round, if it is in there, however many rounds ago that was. It need not be with
   * the contribution sent last: before a restart the site may have sent another.
   */
  private Optional<Participant> participation(long round) {
    return log.rounds().find(round).flatMap(keyWatch::own);
  }

  /** What somebody else has contributed with this site's key, as far as the log says it by now. */
  private Optional<ForeignContribution> foreign() {
    return keyWatch.look(log.rounds(), log.rejections());
  }

  private String owner() {
    try {
      return chain.registry().owner(terms.contract()).orElse("");
    } catch (ChainException e) {
      return "";
    }
  }

  /**
   * Waits until the job has said anything of the contract: before that it drops what comes. A job
   * that is away will find it in the log.
   */
  private void awaitOpenContract(Duration deadline) throws InterruptedException {
    Duration patience =
        deadline.compareTo(options.resendAfter()) < 0 ? deadline : options.resendAfter();
    try {
      log.await("the first notice", patience, () -> log.rounds().notice());
    } catch (DeadlineException e) {
      LOG.warn("{}; contributes all the same", e.getMessage());
    }
  }

  private void send(Contribution contribution, Duration deadline) throws InterruptedException {
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      byte[] record = WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk));
      producer.send(terms.contract(), String.valueOf(chunk), record);
      bytesSent += record.length;
    }
    producer.flush(deadline);
  }

  private void resend(Contribution contribution, Duration left) throws InterruptedException {
    LOG.info(
        "The job still misses the contribution of {} to round {}; it is sent again",
        name,
        contribution.round());
    try {
      send(contribution, left);
    } catch (SendFailedException | DeadlineException e) {
      if (MissingRightException.isIn(e)) {
        throw e;
      }
      LOG.warn("It could not be sent again; the wait goes on", e);
    }
  }

  private void say(String kind, Duration patience) throws InterruptedException {
    byte[] event =
        WireFormat.SITE_EVENT.encode(SiteEvents.sign(key, terms, kind, System.currentTimeMillis()));
    producer.send(new OutboundRecord(Topic.SITES.of(terms.contract()), key.address(), event));
    producer.flush(patience);
  }

  /**
   * Says that the site leaves, so that no round waits for it. Ends the site all the same when that
   * cannot be said.
   */
  public void leave() throws InterruptedException {
    try {
      var unused = standDown();
    } finally {
      release();
    }
  }

  /**
   * Says that no round shall wait for this site any more, as far as that can be said in some
   * seconds; the newest model stays. Contributing again makes it one that is waited for.
   *
   * @return whether Kafka has taken it; else a round may wait for the site for the grace period
   */
  public boolean standDown() throws InterruptedException {
    var unused = foreign(); // what has come since the last round
    AtomicReference<Throwable> failed =
        new AtomicReference<>(
            new DeadlineException("Kafka has not taken it in " + LEAVING.toSeconds() + " s"));
    Thread speaker = new Thread(() -> failed.set(failureToSayLeft()), "swarm-leave-" + name);
    speaker.setDaemon(true);
    speaker.start();
    try {
      speaker.join(LEAVING.toMillis());
    } finally {
      // A producer without a broker waits for minutes before it takes a record.
      speaker.interrupt();
    }
    Throwable why = failed.get();
    if (why != null) {
      LOG.warn(
          "Could not say that {} leaves contract {}: a round may wait for it",
          name,
          terms.contract(),
          why);
    }
    return why == null;
  }

  private @Nullable Throwable failureToSayLeft() {
    try {
      say(SiteEvents.LEFT, LEAVING);
      return null;
    } catch (RuntimeException | InterruptedException e) {
      return e;
    }
  }

  /** Ends without a word, as a crash would: rounds wait for the site once, for the grace period. */
  @Override
  public void close() {
    release();
  }

  private void release() {
    if (released) {
      return;
    }
    released = true;
    if (base != null) {
      base.discard();
    }
    if (spare != null) {
      spare.discard();
    }
    feedback.discard();
    log.close();
    models.close();
    producer.close();
    chain.close();
  }
}
