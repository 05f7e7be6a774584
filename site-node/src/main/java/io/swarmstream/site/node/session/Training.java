package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.SwarmSite;
import java.util.Optional;

/**
 * Shows what a site knows of its training: only what any thread may read while the worker's thread
 * uses the {@code SwarmSite}.
 */
public final class Training {
  private final SwarmSite site;

  Training(SwarmSite site) {
    this.site = site;
  }

  public ContractTerms terms() {
    return site.terms();
  }

  public ModelLayout layout() {
    return site.layout();
  }

  /** Readable name that the site is enrolled with. */
  public String siteName() {
    return site.name();
  }

  /** Greatest weight that the site may ask for. */
  int maxWeight() {
    return site.maxWeight();
  }

  /**
   * The newest merged model that the site has; empty: none. To give it to the trainer, call {@link
   * Session#model()} instead, which remembers that.
   */
  public Optional<Merged> newest() {
    return site.base();
  }

  /**
   * Mini-batches between the newest model and the next sync.
   *
   * @param own of a trainer whose contract leaves them to it
   */
  int nextInterval(int own) {
    int agreed = site.base().map(Merged::nextInterval).orElse(terms().adaptiveInterval());
    return agreed > 0 ? agreed : own;
  }

  /** The newest round that is sealed, as far as the log has been read; -1: none. */
  public long sealedRound() {
    return site.rounds().newest().map(round -> round.round()).orElse(-1L);
  }

  /** What the open round waits for, as the job last said. */
  public Optional<RoundProgress> notice() {
    return site.rounds().open();
  }

  /** The same for a trainer that waits for the open round, whichever it is. */
  Waiting waiting() {
    return Waiting.of(notice(), terms().minPeers());
  }

  /** Bytes of contributions handed to Kafka. */
  long bytesSent() {
    return site.bytesSent();
  }

  /** A curve, with the rounds that were sealed meanwhile. */
  RoundCurve.Curve follow(RoundCurve curve) {
    curve.follow(site.rounds());
    return curve.curve();
  }

  /** Whether the log cannot be read any more, so that the session has to join anew. */
  public boolean hasLostLog() {
    return site.rounds().hasEnded();
  }

  /**
   * Whether what was remembered is of this log: a new swarm may have a contract of the same name.
   */
  boolean has(SessionFolder.Begun remembered) {
    return remembered.modelRound() < 0
        || site.rounds()
            .find(remembered.modelRound())
            .filter(model -> model.model().hex().equals(remembered.modelHash()))
            .isPresent();
  }
}
