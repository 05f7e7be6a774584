package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site's node: its key, and a session for each training that takes place at the site. */
public final class SiteNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteNode.class);

  /** The job polls the chain; a contribution that comes before it has read it is dropped. */
  private static final Duration JOB_READS_CHAIN = Duration.ofSeconds(10);

  private static final Duration RESEND_AFTER = Duration.ofSeconds(5);

  /** Longest wait for a session that is being opened before: as long as it takes to join. */
  private static final Duration OPENING_PATIENCE = Duration.ofMinutes(2);

  /** The same when the node, or that session, is closed. */
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(3);

  /** Longest time for the end of all sessions, which go at the same time. */
  private static final Duration ENDING_PATIENCE = Duration.ofSeconds(9);

  private final NodeOptions options;
  private final SiteKey key;
  private final ChainClient chain;
  private final Contracts contracts;
  private final Instant startedAt = Instant.now();
  private final Map<String, Session> sessions = new ConcurrentSkipListMap<>();
  private final EndedTrainings ended;
  private final HealthCheck watch;

  /** Sessions are opened one at a time. */
  private final ReentrantLock opening = new ReentrantLock();

  /** Held while a session leaves: another one of its contract would be said to leave, too. */
  private final ReentrantLock leaving = new ReentrantLock();

  private volatile @Nullable Opening underWay;

  private SiteNode(NodeOptions options, SiteKey key) {
    this.options = options;
    this.key = key;
    this.chain = ChainClient.reading(options.chain());
    this.contracts = new Contracts(options, chain, key);
    this.ended = new EndedTrainings(options.folder());
    this.watch = new HealthCheck(chain, options.kafka(), this::sessions);
  }

  /** Makes a node; it looks from now on whether the swarm is there. */
  public static SiteNode of(NodeOptions options, SiteKey key) {
    SiteNode node = new SiteNode(options, key);
    node.watch.start();
    return node;
  }

  public String name() {
    return options.name();
  }

  /** The site: 0x and 40 lower-case hex digits. */
  public String address() {
    return key.address();
  }

  /** The node's own. */
  public Path folder() {
    return options.folder();
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** Which parts of the swarm are there, as it was some seconds ago. */
  public SwarmHealth health() {
    return watch.health();
  }

  /** The newest trainings that are over, the newest first. */
  public List<EndedTraining> ended() {
    return ended.all();
  }

  /** All that are open. */
  public List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  /** An open session. */
  public Session session(String id) {
    Session found = sessions.get(id);
    if (found == null) {
      throw ProblemException.of(
              ProblemCode.UNKNOWN_SESSION,
              "there is no session " + id + "; open it (again) with PUT /v1/sessions/" + id)
          .in("id");
    }
    return found;
  }

  /**
   * Opens a session, or finds it open. One at a time.
   *
   * @throws ProblemException when the trainer cannot take part as it asks, or the session was
   *     closed meanwhile
   */
  public Session open(String id, SessionRequest request) throws IOException, InterruptedException {
    if (!opening.tryLock(OPENING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw ProblemException.of(
          ProblemCode.BUSY,
          "another session has been about to be opened for "
              + OPENING_PATIENCE.toSeconds()
              + " s; try again");
    }
    Opening mine = new Opening(id, Thread.currentThread());
    underWay = mine;
    try {
      return openAlone(id, request);
    } catch (InterruptedException e) {
      if (mine.isCancelled()) {
        throw closedMeanwhile(id);
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      throw mine.isCancelled() ? closedMeanwhile(id) : Failure.of(e);
    } finally {
      underWay = null;
      if (mine.end()) {
        var unused = leave(id);
      }
      opening.unlock();
    }
  }

  private static ProblemException closedMeanwhile(String id) {
    return ProblemException.of(
            ProblemCode.UNKNOWN_SESSION,
            "session " + id + " was closed while it was being opened; open it again")
        .in("id");
  }

  private Session openAlone(String id, SessionRequest request)
      throws IOException, InterruptedException {
    Contracts.Ready ready = contracts.prepare(request);
    Session open = sessions.get(id);
    if (open != null && isOf(open, ready.contract())) {
      if (!open.site().rounds().hasEnded()) {
        open.reopen(request);
        return open;
      }
      LOG.warn("Session {} joins contract {} anew: its log had ended", id, ready.contract());
      sessions.remove(id);
      var unused = open.abandon();
    }
    giveWay(id, ready.contract(), request);
    awaitLeaving();
    Session opened = join(id, ready, request);
    sessions.put(id, opened);
    LOG.info("Session {} of contract {} is open", id, ready.contract());
    opened.notices().forEach(notice -> LOG.warn("Session {}: {}", id, notice));
    return opened;
  }

  private void awaitLeaving() throws InterruptedException {
    leaving.lockInterruptibly();
    leaving.unlock();
  }

  private static boolean isOf(Session session, String contract) {
    return session.site().terms().contract().equals(contract);
  }

  /** Of one contract there is one session: the job knows a site, not its trainers. */
  private void giveWay(String id, String contract, SessionRequest request)
      throws IOException, InterruptedException {
    for (Session other : sessions()) {
      boolean same = other.id().equals(id);
      if (!same && !isOf(other, contract)) {
        continue;
      }
      Duration silent = Duration.between(other.heardAt(), Instant.now());
      if (!request.takeOver() && !other.isOver() && silent.compareTo(options.silence()) < 0) {
        throw ProblemException.of(
                ProblemCode.SESSION_OPEN,
                "session "
                    + other.id()
                    + " of trainer "
                    + other.request().trainer()
                    + " has contract "
                    + other.site().terms().contract()
                    + " and was heard of "
                    + silent.toSeconds()
                    + " s ago; close it with DELETE /v1/sessions/"
                    + other.id()
                    + ", or open this one with takeOver")
            .in(same ? "id" : "contract")
            .values("no other session", other.id());
      }
      var unused = leave(other.id());
    }
  }

  private Session join(String id, Contracts.Ready ready, SessionRequest request)
      throws IOException, InterruptedException {
    Path place = options.folder().resolve("sessions").resolve(id);
    SessionFolder folder = SessionFolder.open(place);
    SwarmSite site =
        SwarmSite.join(
            SiteOptions.of(ready.contract(), options.kafka(), options.chain())
                .withResendAfter(RESEND_AFTER)
                .withModelFolder(place)
                .withMemoryFolder(options.folder().resolve("sent"))
                .withLayout(ready.layout()),
            key);
    try {
      if (ready.isNew()) {
        awaitJob(site);
      }
      return new Session(id, request, site, folder, ended);
    } catch (RuntimeException | IOException | InterruptedException e) {
      site.close();
      throw e;
    }
  }

  /** Returns when the job has read of this site on the chain, or after a while all the same. */
  private static void awaitJob(SwarmSite site) throws InterruptedException {
    try {
      var unused =
          site.rounds()
              .awaitOpen(
                  "the job's word that it knows " + site.name(),
                  open -> open.names(site.name()),
                  JOB_READS_CHAIN);
    } catch (DeadlineException e) {
      LOG.warn("{}; going on, what is sent too early is sent again", e.getMessage());
    }
  }

  /**
   * Leaves the training of a session; does nothing when there is none. A session that is being
   * opened is given up. Takes some seconds when the swarm is away.
   *
   * @return whether the swarm knows that the site has left
   */
  public boolean close(String id) throws IOException, InterruptedException {
    Opening now = underWay;
    if (now != null && now.id().equals(id)) {
      now.cancel(true);
      if (opening.tryLock(CLOSING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        opening.unlock();
      }
    }
    return leave(id);
  }

  private boolean leave(String id) throws IOException, InterruptedException {
    leaving.lockInterruptibly();
    try {
      Session open = sessions.remove(id);
      if (open == null) {
        return true;
      }
      boolean told = open.leave();
      LOG.info("Session {} is closed", id);
      return told;
    } finally {
      leaving.unlock();
    }
  }

  /** Leaves all trainings until the node is started again. */
  @Override
  public void close() throws InterruptedException {
    var unused = suspend();
  }

  /**
   * The same; in some seconds, whatever is away.
   *
   * @return contracts that could not be told: a round may wait for the site for the grace period
   */
  public List<String> suspend() throws InterruptedException {
    return end(Session::suspend);
  }

  /** Ends without a word, as a crash would: rounds wait for the site once, for the grace period. */
  public void abandon() throws InterruptedException {
    var unused = end(Session::abandon);
  }

  private interface Ending {
    boolean of(Session session) throws InterruptedException;
  }

  /** All at the same time: each may wait for a swarm that is away. */
  private List<String> end(Ending ending) throws InterruptedException {
    watch.close();
    Opening now = underWay;
    if (now != null) {
      now.cancel(false);
    }
    boolean isAlone = opening.tryLock(CLOSING_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    List<String> untold = Collections.synchronizedList(new ArrayList<>());
    try {
      List<Thread> threads = new ArrayList<>();
      for (Session session : sessions()) {
        sessions.remove(session.id());
        Thread thread = new Thread(() -> end(session, ending, untold), "end-" + session.id());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join(ENDING_PATIENCE.toMillis());
      }
    } finally {
      if (isAlone) {
        opening.unlock();
      }
      chain.close();
    }
    return List.copyOf(untold);
  }

  private static void end(Session session, Ending ending, List<String> untold) {
    try {
      if (!ending.of(session)) {
        untold.add(session.site().terms().contract());
      }
    } catch (RuntimeException e) {
      LOG.warn("Session {} did not end as it should", session.id(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
