package io.swarmstream.site;

import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.internal.LoggedRounds;
import io.swarmstream.site.internal.Presence;
import io.swarmstream.site.internal.SiteConnection;
import io.swarmstream.site.internal.SyncCycle;
import io.swarmstream.site.internal.TrainerWeights;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A site's part in one training: takes the site's weights and returns merged weights.
 *
 * <pre>{@code
 * try (SwarmSite site = SwarmSite.join(options, key)) {
 *   float[] weights = site.begin(initial, TrainingReport.empty(), deadline).weights();
 *   while (training) {
 *     double loss = trainSomeBatches(weights);
 *     weights = site.sync(weights, TrainingReport.ofLoss(loss), deadline).weights();
 *   }
 *   site.leave();
 * }
 * }</pre>
 *
 * <h2>Threads</h2>
 *
 * One thread at a time calls what contributes, catches up or leaves: {@link #begin}, {@link #sync},
 * {@link #finish}, {@link #contribute}, {@link #await}, {@link #catchUp}, {@link #standDown},
 * {@link #leave} and {@link #close}. At any time any other thread may ask for the rest, such as
 * {@link #base}, {@link #rounds} and {@link #participated}, and use the {@link Merged} that it
 * gets.
 */
@PublicApi
public final class SwarmSite implements AutoCloseable {
  private final SiteConnection connection;
  private final TrainingRounds rounds;
  private final Presence presence;
  private final SyncCycle cycle;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SwarmSite(SiteConnection connection, SyncCycle cycle) {
    this.connection = connection;
    this.rounds = new LoggedRounds(connection.log(), connection.terms());
    this.presence = new Presence(connection);
    this.cycle = cycle;
  }

  /**
   * Joins a training contract: reads its terms, finds the site among those enrolled, tells the job
   * that the site is there, and reads the newest model if there is one.
   *
   * @param key of the site; its address has to be enrolled
   * @throws SiteException when there is no such contract, or the site is not enrolled
   * @throws UnprovenException when the newest model is not what the chain has
   * @throws io.swarmstream.clients.kafka.DeadlineException when Kafka does not answer in time
   * @throws io.swarmstream.clients.chain.ChainException when the chain cannot be read
   * @throws InterruptedException when the thread is interrupted
   */
  public static SwarmSite join(SiteOptions options, SiteKey key) throws InterruptedException {
    SiteConnection connection = SiteConnection.open(options, key);
    SwarmSite site = new SwarmSite(connection, SyncCycle.over(connection));
    try {
      site.cycle.open(options.joinDeadline());
      site.presence.join(options.joinDeadline());
      site.cycle.catchUp();
      return site;
    } catch (RuntimeException | InterruptedException e) {
      site.close();
      throw e;
    }
  }

  /** The readable name that the site is enrolled with. */
  public String name() {
    return connection.site().name();
  }

  /** The site's address, by which records name it: 0x and 40 lower-case hex digits. */
  public String address() {
    return connection.key().address();
  }

  /** The greatest weight that the site may ask for, as it was enrolled when it joined. */
  public int maxWeight() {
    return connection.site().maxWeight();
  }

  /** The contract's terms, as the chain has them. */
  public ContractTerms terms() {
    return connection.terms();
  }

  /**
   * What the training may have given away of this site up to the newest model; empty: the contract
   * adds no noise.
   */
  public Optional<PrivacyLoss> privacyLoss() {
    return PrivacyLoss.after(terms(), base().map(Merged::round).orElse(-1L));
  }

  /** Names and shapes of the tensors that sites train, in the order of the flat vector. */
  public ModelLayout layout() {
    return ClipTensor.trained(terms().privacy(), connection.layout());
  }

  /** The contract's rounds, as this site has read them so far. */
  public TrainingRounds rounds() {
    return rounds;
  }

  /** The model that the next delta is taken from; empty before round 0 is merged. */
  public Optional<Merged> base() {
    return cycle.base();
  }

  /** Whether a round has a contribution that this site sent; false when its record is gone. */
  public boolean participated(long round) {
    return cycle.participated(round);
  }

  /** Bytes of delta records handed to Kafka so far, with those sent again. */
  public long bytesSent() {
    return cycle.bytesSent();
  }

  /**
   * Checks that a model is laid out as the contract says.
   *
   * @throws SiteException naming the first tensor that differs, with both shapes
   */
  public void requireLayout(ModelLayout model) {
    layout()
        .firstDifference(model)
        .ifPresent(
            difference -> {
              throw new SiteException(
                  "the model does not fit contract "
                      + terms().contract()
                      + ": "
                      + difference
                      + "; train the contract's model, or create a contract for this one");
            });
  }

  /**
   * Returns what training begins with: the newest merged model, or, in a new training, what round 0
   * makes of all sites' initial weights. Initial weights never enter a training that is under way,
   * so a site that joins late or restarts calls this too.
   *
   * @param initial weights in the order of the contract's layout, as many as {@code
   *     terms().trainedParameters()}
   * @param report of the contribution to round 0
   * @param deadline as {@link #sync(float[], TrainingReport, Duration)} takes it
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged begin(float[] initial, TrainingReport report, Duration deadline)
      throws InterruptedException {
    Optional<Merged> newest = base();
    return newest.isPresent() ? newest.get() : sync(initial, report, deadline);
  }

  /**
   * Contributes to the open round and waits for its merged model, which becomes the next base. The
   * contribution is the weights minus the base; in round 0 it is the weights themselves. What the
   * contract's privacy asks for is done to it, and then the report has no loss, metric or samples.
   *
   * <p>When the round closed without this contribution, the newest model is returned all the same,
   * and {@link Merged#participated()} is false: continue from that model. It is true when the site
   * had contributed to the round before a restart; its first whole contribution counts.
   *
   * @param weights in the order of the contract's layout, as many as {@code
   *     terms().trainedParameters()}
   * @param report what the other sites learn of the training here
   * @param deadline longest wait for the contribution to be written, and again for the round to be
   *     sealed; reading the model and its anchor have the options' deadlines
   * @throws IllegalArgumentException when there are too many or too few weights, one is not finite,
   *     or is further from the base than the contract's encoding can say; or when the report asks
   *     for another weight than 1 under a contract that clips deltas
   * @throws RejectedException when the job rejects the contribution for good
   * @throws UnprovenException when the merged model is not what the chain has
   * @throws io.swarmstream.clients.kafka.DeadlineException when the round is not sealed in time;
   *     says who is missing
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged sync(float[] weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    return sync(TrainerWeights.of(weights, terms()), report, deadline);
  }

  /**
   * As {@link #sync(float[], TrainingReport, Duration)}, with weights that need not be in memory.
   * They are read at most twice, and once more each time that they are sent again.
   *
   * @param weights unchanged until this returns
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged sync(FlatVector weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    return await(contribute(weights, report, deadline), deadline);
  }

  /**
   * Ends this site's training: contributes its last weights, as a snapshot, to one round after
   * another until one {@linkplain RoundSummary#endsTraining ends the training}.
   *
   * @return the newest model, at once when the training is over already: the same at all sites,
   *     unless one that came later has begun to train again
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged finish(float[] weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    TrainingReport finished = report.withSamples(0).withCheckIn(CheckIn.SNAPSHOT);
    Optional<Merged> newest = base();
    boolean isOver = newest.filter(merged -> merged.summary().endsTraining()).isPresent();
    while (!isOver) {
      Sent sent = contribute(TrainerWeights.of(weights, terms()), finished, deadline);
      newest = Optional.of(await(sent, deadline));
      isOver = rounds().endTrainingSince(sent.round(), newest.get());
    }
    return newest.orElseThrow();
  }

  /**
   * The first half of a sync: signs the contribution and writes it to the log. Writes nothing when
   * the round is sealed already; {@link #await} then returns the newest model.
   *
   * @param weights unchanged until {@link #await} returns
   * @param deadline longest wait for the log
   * @throws InterruptedException when the thread is interrupted
   */
  public Sent contribute(FlatVector weights, TrainingReport report, Duration deadline)
      throws InterruptedException {
    return cycle.contribute(weights, report, deadline);
  }

  /**
   * The second half of a sync: waits for the round's model, and sends the contribution again while
   * the job misses it.
   *
   * @param sent what {@link #contribute} returned
   * @param deadline longest wait for the round to be sealed
   * @throws InterruptedException when the thread is interrupted
   */
  public Merged await(Sent sent, Duration deadline) throws InterruptedException {
    return cycle.await(sent, deadline);
  }

  /**
   * Takes the newest model as the base, after rounds that closed without this site.
   *
   * @return the base; empty before round 0 is merged
   * @throws UnprovenException when the newest model is not what the chain has
   * @throws InterruptedException when the thread is interrupted
   */
  public Optional<Merged> catchUp() throws InterruptedException {
    cycle.catchUp();
    return base();
  }

  /**
   * Says that no round shall wait for this site any more, and keeps the site open: its next
   * contribution makes it one that is waited for. Takes at most some seconds.
   *
   * @return whether Kafka has taken it; if not, a round may wait for the site for the grace period
   * @throws InterruptedException when the thread is interrupted
   */
  public boolean standDown() throws InterruptedException {
    var unused = cycle.watchKey(); // what has come since the last round
    return presence.leave();
  }

  /**
   * Deletes what a sparse encoding has left unsent, a file as large as the model. Call it when the
   * training is over. It is not for a site that comes back: the file is there for the next
   * contribution. Does nothing with other encodings.
   */
  public void forgetUnsent() {
    cycle.forgetUnsent();
  }

  /**
   * Says that the site leaves, so that no round waits for it, and closes the site. Closes it also
   * when that cannot be said.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void leave() throws InterruptedException {
    try {
      var unused = standDown();
    } finally {
      close();
    }
  }

  /**
   * Closes the site without a word, as a crash would: a round may wait for it for the grace period.
   * Does nothing the second time.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cycle.discard();
      connection.close();
    }
  }
}
