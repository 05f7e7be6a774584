package io.swarmstream.site.node.join;

import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.clients.network.CertificateAnswer;
import io.swarmstream.clients.network.CertificateOrder;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.schemas.processes.BackgroundThread;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member site, or a task agent, does while it runs, besides its work: says that it is alive,
 * renews its certificate before it expires, and keeps its lists of authorities and of network nodes
 * up to date.
 */
public final class SiteUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteUpkeep.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Of these, every sixth also looks for what has changed. */
  private static final int HEARTBEATS_A_REFRESH = 6;

  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration SAY_AGAIN = Duration.ofDays(1);

  /** How long a stop waits for a network node that does not answer. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SiteFolder folder;
  private final Running running;
  private final Consumer<String> notices;
  private final InstantSource clock;
  private final String uuid = UUID.randomUUID().toString();
  private final BackgroundThread thread = new BackgroundThread("site-upkeep");
  private NetworkClient network;
  private SiteSettings settings;
  private volatile boolean wasHeard;
  private long beats;
  private String lastProblem = "";
  private Instant saidExpiry = Instant.MIN;

  /**
   * What the program says of itself.
   *
   * @param type SL for a site's node, SWOP for a task agent
   * @param address of the node, for people
   * @param trainings that take place at present, and how far they are
   */
  public record Running(
      String type, String address, String version, Supplier<List<TrainingProgress>> trainings) {
    /** The node of a site. */
    public static Running node(
        String address, String version, Supplier<List<TrainingProgress>> trainings) {
      return new Running("SL", address, version, trainings);
    }

    /** A task agent. */
    public static Running agent(String host, String version) {
      return new Running("SWOP", host, version, List::of);
    }
  }

  private SiteUpkeep(
      SiteFolder folder, Running running, Consumer<String> notices, InstantSource clock)
      throws IOException {
    this.folder = folder;
    this.running = running;
    this.notices = notices;
    this.clock = clock;
    this.network = folder.network();
    this.settings = folder.requiredSettings();
  }

  /**
   * Begins.
   *
   * @param notices takes what people should know, in whole sentences
   */
  public static SiteUpkeep start(SiteFolder folder, Running running, Consumer<String> notices)
      throws IOException {
    SiteUpkeep upkeep = new SiteUpkeep(folder, running, notices, InstantSource.system());
    upkeep.thread.every(Duration.ZERO, HEARTBEAT, upkeep::beat);
    return upkeep;
  }

  /** Not started, for tests. */
  static SiteUpkeep idle(
      SiteFolder folder, Running running, Consumer<String> notices, InstantSource clock)
      throws IOException {
    return new SiteUpkeep(folder, running, notices, clock);
  }

  private void beat() {
    try {
      heartbeat();
      if (beats++ % HEARTBEATS_A_REFRESH == 0) {
        refresh();
      }
      lastProblem = "";
    } catch (ApiUnreachableException | ApiRefusalException | IdentityException | IOException e) {
      say(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("the upkeep of the site failed and is tried again", e);
    }
  }

  /** Once for each problem, not every ten seconds. */
  private void say(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      LOG.warn("the network nodes do not serve this site: {}", problem);
      notices.accept("The network nodes do not serve this site: " + problem);
    }
  }

  void heartbeat() {
    network.heartbeat(
        said(running.trainings().get().stream().limit(HeartbeatRequest.MOST_TRAININGS).toList()));
    wasHeard = true;
  }

  private HeartbeatRequest said(List<TrainingProgress> trainings) {
    return new HeartbeatRequest(
        running.type(), uuid, running.address(), running.version(), trainings);
  }

  /** Otherwise the swarm takes it for alive, and then for one that has failed. */
  private void sayThatItEnds() {
    try {
      network.heartbeat(said(List.of()).last());
    } catch (ApiUnreachableException | ApiRefusalException e) {
      LOG.info("the swarm does not know yet that this site has stopped: {}", e.getMessage());
    }
  }

  /** Renews what is due, and takes over what the network nodes say. */
  void refresh() throws IOException {
    renew();
    List<X509Certificate> trusted = new ArrayList<>();
    network
        .authorities()
        .forEach(found -> trusted.addAll(Authorities.ofPem(found.certificate(), "answer")));
    List<X509Certificate> present = folder.identity().read().authorities();
    // The organisation's own authorities stay, whatever the swarm's are.
    List<X509Certificate> wanted =
        settings.isCertified() ? trusted : Authorities.combine(List.of(present, trusted));
    if (!trusted.isEmpty() && !wanted.equals(present)) {
      folder.identity().writeAuthorities(wanted);
    }
    SiteSettings now = settings.with(network.addresses());
    if (!now.equals(settings)) {
      folder.save(now);
      settings = now;
      network = folder.network();
    }
  }

  private void renew() throws IOException {
    Identity own = folder.identity().read();
    if (clock.instant().isBefore(own.renewAt())) {
      return;
    }
    if (!settings.isCertified()) {
      sayExpiry(own);
      return;
    }
    CertificateAnswer answer =
        network.renew(new CertificateOrder(CertificateRequest.renewal(own).pem()));
    Identity renewed =
        own.withChain(Authorities.ofPem(answer.certificate(), "answer"))
            .withAuthorities(Joining.authorities(answer.authorities(), "answer"));
    // Somebody may have rotated the key meanwhile.
    if (folder.identity().read().keyHash().equals(own.keyHash())) {
      folder.identity().write(renewed);
      notices.accept("The certificate was renewed; it is valid until " + renewed.expiresAt() + ".");
    }
  }

  private void sayExpiry(Identity own) {
    Instant now = clock.instant();
    if (now.plus(SOON).isAfter(own.expiresAt()) && now.minus(SAY_AGAIN).isAfter(saidExpiry)) {
      saidExpiry = now;
      notices.accept(
          "The certificate expires at "
              + own.expiresAt()
              + "; have your organisation issue another one, and replace the files of --cert and --key.");
    }
  }

  @Override
  public void close() {
    if (!wasHeard) {
      thread.close();
    } else if (!thread.finish(FAREWELL, this::sayThatItEnds)) {
      LOG.info("no network node has answered within {} that this site stops", FAREWELL);
    }
  }
}
