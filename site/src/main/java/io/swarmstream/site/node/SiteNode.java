package io.swarmstream.site.node;

import io.swarmstream.chain.ChainClient;
import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.schemas.SiteKey;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site's node: its key, and a session for each training that takes place at the site. */
public final class SiteNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteNode.class);

  /** The job polls the chain; a contribution that comes before it has read it is dropped. */
  private static final Duration JOB_READS_CHAIN = Duration.ofSeconds(10);

  private static final Duration RESEND_AFTER = Duration.ofSeconds(5);

  private final NodeOptions options;
  private final SiteKey key;
  private final ChainClient chain;
  private final Contracts contracts;
  private final Instant startedAt = Instant.now();
  private final Map<String, Session> sessions = new ConcurrentSkipListMap<>();

  private SiteNode(NodeOptions options, SiteKey key) {
    this.options = options;
    this.key = key;
    this.chain = ChainClient.reading(options.chain());
    this.contracts = new Contracts(options, chain, key);
  }

  /** Makes a node; the swarm is spoken with when the first session is opened. */
  public static SiteNode of(NodeOptions options, SiteKey key) {
    return new SiteNode(options, key);
  }

  public String name() {
    return options.name();
  }

  /** The site: 0x and 40 lower-case hex digits. */
  public String address() {
    return key.address();
  }

  public Instant startedAt() {
    return startedAt;
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
   * @throws ProblemException when the trainer cannot take part as it asks
   */
  public synchronized Session open(String id, SessionRequest request)
      throws IOException, InterruptedException {
    try {
      Contracts.Ready ready = contracts.prepare(request);
      Session open = sessions.get(id);
      if (open != null && isOf(open, ready.contract())) {
        if (!open.site().log().hasEnded()) {
          open.reopen(request);
          return open;
        }
        LOG.warn("Session {} joins contract {} anew: its log had ended", id, ready.contract());
        sessions.remove(id);
        open.abandon();
      }
      giveWay(id, ready.contract(), request);
      Session opened = join(id, ready, request);
      sessions.put(id, opened);
      LOG.info("Session {} of contract {} is open", id, ready.contract());
      return opened;
    } catch (IOException | RuntimeException e) {
      throw Failure.of(e);
    }
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
            .in(same ? "id" : "contract");
      }
      close(other.id());
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
                .withLayout(ready.layout()),
            key);
    try {
      if (ready.isNew()) {
        awaitJob(site);
      }
      return new Session(id, request, site, folder);
    } catch (RuntimeException | IOException | InterruptedException e) {
      site.close();
      throw e;
    }
  }

  /** Returns when the job has read of this site on the chain, or after a while all the same. */
  private static void awaitJob(SwarmSite site) throws InterruptedException {
    try {
      var unused =
          site.log()
              .await(
                  "the job's word that it knows " + site.name(),
                  JOB_READS_CHAIN,
                  () -> site.log().rounds().notice().filter(notice -> names(notice, site.name())));
    } catch (DeadlineException e) {
      LOG.warn("{}; going on, what is sent too early is sent again", e.getMessage());
    }
  }

  private static boolean names(RoundNotice notice, String site) {
    List<String> known = new ArrayList<>(notice.getMissing());
    known.addAll(notice.getAbsent());
    return known.contains(site);
  }

  /**
   * Leaves the training of a session; does nothing when there is none. Until it has left no other
   * one is opened, of which it would say that it leaves.
   */
  public synchronized void close(String id) throws IOException, InterruptedException {
    Session open = sessions.remove(id);
    if (open != null) {
      open.leave();
      LOG.info("Session {} is closed", id);
    }
  }

  /** Leaves all trainings until the node is started again. */
  @Override
  public void close() throws InterruptedException {
    end(Session::close);
  }

  /** Ends without a word, as a crash would: rounds wait for the site once, for the grace period. */
  public void abandon() throws InterruptedException {
    end(Session::abandon);
  }

  private interface Ending {
    void of(Session session) throws InterruptedException;
  }

  private synchronized void end(Ending ending) throws InterruptedException {
    for (Session session : sessions()) {
      ending.of(session);
    }
    sessions.clear();
    chain.close();
  }
}
