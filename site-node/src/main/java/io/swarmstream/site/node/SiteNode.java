package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.contract.Contracts;
import io.swarmstream.site.node.health.HealthCheck;
import io.swarmstream.site.node.health.SwarmHealth;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.EndedTraining;
import io.swarmstream.site.node.session.EndedTrainings;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A site's node: its key, and one session for each training that the site takes part in. Safe for
 * use by several threads.
 */
public final class SiteNode implements AutoCloseable {
  private final NodeOptions options;
  private final SiteKey key;
  private final Instant startedAt = Instant.now();
  private final ChainClient chain;
  private final EndedTrainings ended;
  private final OwnersConsent consent;
  private final OpenSessions sessions;
  private final HealthCheck watch;

  private SiteNode(NodeOptions options, SiteKey key) {
    this.options = options;
    this.key = key;
    this.chain = ChainClient.reading(options.chain());
    this.ended = new EndedTrainings(options.folder());
    this.consent = new OwnersConsent(options.folder(), options.asksOwner());
    this.sessions =
        new OpenSessions(
            new Contracts(options.name(), options.owner(), chain, key),
            new SessionJoin(options, key, ended),
            options.silence(),
            options.permit(),
            consent);
    this.watch = new HealthCheck(chain, options.kafka(), sessions::all);
  }

  /** Makes a node, which checks from now on whether the swarm answers. */
  public static SiteNode of(NodeOptions options, SiteKey key) {
    SiteNode node = new SiteNode(options, key);
    node.watch.start();
    return node;
  }

  public String name() {
    return options.name();
  }

  /** Address of the site: 0x and 40 lower-case hex digits. */
  public String address() {
    return key.address();
  }

  /** The node's own folder. */
  public Path folder() {
    return options.folder();
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** Which parts of the swarm answered some seconds ago. */
  public SwarmHealth health() {
    return watch.health();
  }

  /** The newest trainings that are over, the newest first. */
  public List<EndedTraining> ended() {
    return ended.all();
  }

  /** What the owner of the site is asked, and has answered. */
  public OwnersConsent consent() {
    return consent;
  }

  /** Trainers that could not begin, the newest first. */
  public List<RefusedTraining> refused() {
    return sessions.refused();
  }

  /** Why the node may not begin a training, and the way out; empty: it may. */
  public Optional<String> notPermitted() {
    return options.permit().refusal();
  }

  /**
   * Takes the owner's answer about a contract; a no closes its open session, too.
   *
   * @throws ProblemException when the node does not ask
   */
  public void answer(String contract, boolean isYes) throws IOException, InterruptedException {
    consent.answer(contract, isYes);
    if (!isYes) {
      for (Session session : sessions()) {
        if (session.request().contract().equals(contract)) {
          var unused = close(session.id());
        }
      }
    }
  }

  /** All open sessions, by id. */
  public List<Session> sessions() {
    return sessions.all();
  }

  /**
   * An open session.
   *
   * @throws ProblemException when there is no such session
   */
  public Session session(String id) {
    return sessions.find(id);
  }

  /**
   * Checks whether a session could be opened, before a trainer has said what its tensors are.
   *
   * @param request whose layout does not count
   * @throws ProblemException when the trainer cannot take part as it asks
   */
  public void check(SessionRequest request) throws IOException {
    sessions.check(request);
  }

  /**
   * Opens a session, or finds it open. Sessions are opened one at a time.
   *
   * @throws ProblemException when the trainer cannot take part as it asks, or the session was
   *     closed meanwhile
   */
  public Session open(String id, SessionRequest request) throws IOException, InterruptedException {
    return sessions.open(id, request);
  }

  /**
   * Closes a session and leaves its training; does nothing if there is none. Cancels a session that
   * is being opened. Takes some seconds if the swarm is away.
   *
   * @return whether the swarm was told
   */
  public boolean close(String id) throws IOException, InterruptedException {
    return sessions.close(id);
  }

  /** Leaves all trainings until the node is started again. */
  @Override
  public void close() throws InterruptedException {
    var unused = suspend();
  }

  /**
   * Leaves all trainings until the node is started again. Takes some seconds, whatever is down.
   *
   * @return contracts that could not be told: a round may wait for the site for the grace period
   */
  public List<String> suspend() throws InterruptedException {
    return end(Session::suspend);
  }

  /** Ends without telling anybody, as a crash would: a round may wait for the grace period. */
  public void abandon() throws InterruptedException {
    var unused = end(Session::abandon);
  }

  private List<String> end(OpenSessions.Ending ending) throws InterruptedException {
    watch.close();
    try {
      return sessions.end(ending);
    } finally {
      chain.close();
    }
  }
}
