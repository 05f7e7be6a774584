package io.swarmstream.site.node;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.node.contract.Contracts;
import io.swarmstream.site.node.session.EndedTrainings;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionFolder;
import io.swarmstream.site.node.session.SessionRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins a contract for a session, and waits until the job knows the site. */
final class SessionJoin {
  private static final Logger LOG = LoggerFactory.getLogger(SessionJoin.class);

  /** The job polls the chain; it drops a contribution of a site that it has not read of yet. */
  private static final Duration JOB_READS_CHAIN = Duration.ofSeconds(10);

  private static final Duration RIGHTS_FOLLOW = Duration.ofMinutes(1);

  private static final Duration RESEND_AFTER = Duration.ofSeconds(5);

  private final NodeOptions options;
  private final SiteKey key;
  private final EndedTrainings ended;

  SessionJoin(NodeOptions options, SiteKey key, EndedTrainings ended) {
    this.options = options;
    this.key = key;
    this.ended = ended;
  }

  /** Joins, and begins the session or resumes the one that its folder remembers. */
  Session join(String id, Contracts.Ready ready, SessionRequest request)
      throws IOException, InterruptedException {
    Path place = options.folder().resolve("sessions").resolve(id);
    SessionFolder folder = SessionFolder.open(place);
    SiteOptions siteOptions =
        SiteOptions.of(ready.contract(), options.kafka(), options.chain())
            .withResendAfter(RESEND_AFTER)
            .withModelFolder(place)
            .withMemoryFolder(options.folder().resolve("sent"))
            .withLayout(ready.layout());
    // Only a network node gives rights; elsewhere, an administrator does.
    Duration patience = options.owner().isPresent() ? RIGHTS_FOLLOW : Duration.ZERO;
    SwarmSite site = FollowingRights.await(patience, () -> SwarmSite.join(siteOptions, key));
    try {
      if (ready.isNew()) {
        awaitJob(site);
      }
      return Session.begin(id, request, site, folder, ended);
    } catch (RuntimeException | IOException | InterruptedException e) {
      site.close();
      throw e;
    }
  }

  /** Returns when the job names this site, or after a while in any case. */
  private static void awaitJob(SwarmSite site) throws InterruptedException {
    try {
      var unused =
          site.rounds()
              .awaitOpen(
                  "the job's notice that names " + site.name(),
                  open -> open.names(site.name()),
                  JOB_READS_CHAIN);
    } catch (DeadlineException e) {
      LOG.warn("{}; continuing, what is sent too early is sent again", e.getMessage());
    }
  }
}
