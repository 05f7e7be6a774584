package io.swarmstream.site.node;

import io.swarmstream.site.node.contract.Contracts;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sessions of a node: opens them one at a time, decides which one gives way to another of
 * its contract, and closes them. Safe for use by several threads.
 */
final class OpenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  /** Longest wait for a session that is being opened before: as long as it takes to join. */
  private static final Duration OPENING_PATIENCE = Duration.ofMinutes(2);

  /** The same when the node, or that session, is closed. */
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(3);

  private final Contracts contracts;
  private final SessionJoin joins;
  private final Duration silence;
  private final TrainingPermit permit;
  private final OwnersConsent consent;
  private final RefusedTrainings refused = new RefusedTrainings();
  private final Map<String, Session> open = new ConcurrentSkipListMap<>();

  /** Held while a session is opened. */
  private final ReentrantLock opening = new ReentrantLock();

  /** Held while a session leaves, so that the swarm hears of the next one of its contract later. */
  private final ReentrantLock leaving = new ReentrantLock();

  private volatile @Nullable Opening underWay;

  /**
   * No sessions yet.
   *
   * @param silence after which a session gives way to another one of its contract
   * @param permit asked before a session is opened; not for one that is open
   * @param consent asked before a session is opened, and when it is opened again
   */
  OpenSessions(
      Contracts contracts,
      SessionJoin joins,
      Duration silence,
      TrainingPermit permit,
      OwnersConsent consent) {
    this.contracts = contracts;
    this.joins = joins;
    this.silence = silence;
    this.permit = permit;
    this.consent = consent;
  }

  /** How a session ends; returns whether the swarm was told. */
  interface Ending {
    boolean of(Session session) throws InterruptedException;
  }

  List<Session> all() {
    return List.copyOf(open.values());
  }

  /** Trainers that could not begin, the newest first. */
  List<RefusedTraining> refused() {
    return refused.all();
  }

  /**
   * An open session.
   *
   * @throws ProblemException when there is none of that id
   */
  Session find(String id) {
    Session found = open.get(id);
    if (found == null) {
      throw ProblemException.of(
              ProblemCode.UNKNOWN_SESSION,
              "there is no session " + id + "; open it again with PUT /v1/sessions/" + id)
          .in("id");
    }
    return found;
  }

  /**
   * Checks whether a session could be opened, as far as that can be said without its tensors.
   *
   * @throws ProblemException when the trainer cannot take part as it asks
   */
  void check(SessionRequest request) throws IOException {
    try {
      requirePermit();
      consent.require(request.contract(), request.trainer());
      contracts.check(request);
    } catch (RuntimeException e) {
      throw refused(request, Failure.of(e));
    }
  }

  /**
   * Opens a session, or finds it open.
   *
   * @throws ProblemException when the trainer cannot take part as it asks, or the session was
   *     closed meanwhile
   */
  Session open(String id, SessionRequest request) throws IOException, InterruptedException {
    if (!opening.tryLock(OPENING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw ProblemException.of(
          ProblemCode.BUSY,
          "the node has been opening another session for "
              + OPENING_PATIENCE.toSeconds()
              + " s; try again");
    }
    Opening mine = new Opening(id, Thread.currentThread());
    underWay = mine;
    try {
      Session opened = openAlone(id, request);
      refused.remove(request);
      return opened;
    } catch (InterruptedException e) {
      if (mine.isCancelled()) {
        throw closedMeanwhile(id);
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      throw mine.isCancelled() ? closedMeanwhile(id) : refused(request, Failure.of(e));
    } finally {
      underWay = null;
      if (mine.end()) {
        var unused = leave(id);
      }
      opening.unlock();
    }
  }

  private ProblemException refused(SessionRequest request, ProblemException problem) {
    refused.add(request, problem);
    return problem;
  }

  private static ProblemException closedMeanwhile(String id) {
    return ProblemException.of(
            ProblemCode.UNKNOWN_SESSION,
            "session " + id + " was closed while it was being opened; open it again")
        .in("id");
  }

  private Session openAlone(String id, SessionRequest request)
      throws IOException, InterruptedException {
    if (!open.containsKey(id)) {
      requirePermit();
    }
    consent.require(request.contract(), request.trainer());
    Contracts.Ready ready = contracts.prepare(request);
    Session found = open.get(id);
    if (found != null && isOf(found, ready.contract())) {
      if (!found.training().hasLostLog()) {
        found.reopen(request);
        return found;
      }
      LOG.warn("Session {} joins contract {} anew: its log had ended", id, ready.contract());
      open.remove(id);
      var unused = found.abandon();
    }
    giveWay(id, ready.contract(), request);
    awaitLeaving();
    Session opened = joins.join(id, ready, request);
    open.put(id, opened);
    LOG.info("Session {} of contract {} is open", id, ready.contract());
    opened.notices().forEach(notice -> LOG.warn("Session {}: {}", id, notice));
    return opened;
  }

  private void requirePermit() {
    permit
        .refusal()
        .ifPresent(
            why -> {
              throw ProblemException.of(ProblemCode.NOT_LICENSED, why);
            });
  }

  private void awaitLeaving() throws InterruptedException {
    leaving.lockInterruptibly();
    leaving.unlock();
  }

  private static boolean isOf(Session session, String contract) {
    return session.training().terms().contract().equals(contract);
  }

  /** A contract has one session: the job knows the site, not its trainers. */
  private void giveWay(String id, String contract, SessionRequest request)
      throws IOException, InterruptedException {
    for (Session other : all()) {
      if (other.id().equals(id) || isOf(other, contract)) {
        requireSilent(other, id, request);
        var unused = leave(other.id());
      }
    }
  }

  private void requireSilent(Session other, String id, SessionRequest request) {
    Duration silent = Duration.between(other.heardAt(), Instant.now());
    if (!request.takeOver() && !other.isOver() && silent.compareTo(silence) < 0) {
      throw ProblemException.of(
              ProblemCode.SESSION_OPEN,
              "session "
                  + other.id()
                  + " of trainer "
                  + other.request().trainer()
                  + " has contract "
                  + other.training().terms().contract()
                  + " and called "
                  + silent.toSeconds()
                  + " s ago; close it with DELETE /v1/sessions/"
                  + other.id()
                  + ", or open this one with takeOver")
          .in(other.id().equals(id) ? "id" : "contract")
          .values("no other session", other.id());
    }
  }

  /** Closes a session, or cancels its opening; returns whether the swarm was told. */
  boolean close(String id) throws IOException, InterruptedException {
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
      Session left = open.remove(id);
      if (left == null) {
        return true;
      }
      boolean told = left.leave();
      LOG.info("Session {} is closed", id);
      return told;
    } finally {
      leaving.unlock();
    }
  }

  /** Ends all sessions at the same time; returns the contracts that could not be told. */
  List<String> end(Ending ending) throws InterruptedException {
    Opening now = underWay;
    if (now != null) {
      now.cancel(false);
    }
    boolean isAlone = opening.tryLock(CLOSING_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    try {
      Farewell farewell = new Farewell();
      for (Session session : all()) {
        open.remove(session.id());
        farewell.begin(session.training().terms().contract(), () -> ending.of(session));
      }
      return farewell.await();
    } finally {
      if (isAlone) {
        opening.unlock();
      }
    }
  }
}
