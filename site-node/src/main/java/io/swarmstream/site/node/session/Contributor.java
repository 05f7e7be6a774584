package io.swarmstream.site.node.session;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Contributes to rounds for a session and says what became of them: notes what was sent and
 * received, and sees when the training is over. Only the worker's thread uses it.
 */
final class Contributor {
  private final String session;
  private final Supplier<SessionRequest> request;
  private final SwarmSite site;
  private final LastExchanges exchanges;
  private final RoundCurve curve;
  private final EndedTrainings ended;

  Contributor(
      String session,
      Supplier<SessionRequest> request,
      SwarmSite site,
      LastExchanges exchanges,
      RoundCurve curve,
      EndedTrainings ended) {
    this.session = session;
    this.request = request;
    this.site = site;
    this.exchanges = exchanges;
    this.curve = curve;
    this.ended = ended;
  }

  /** What the trainer asked for. */
  SessionRequest request() {
    return request.get();
  }

  /** Number of values that sites train. */
  long size() {
    return site.terms().trainedParameters();
  }

  /** The model that the next delta is taken from; empty: no round is sealed. */
  Optional<Merged> base() {
    return site.base();
  }

  /** Takes the newest model as the base, and returns it. */
  Optional<Merged> catchUp() throws InterruptedException {
    return site.catchUp();
  }

  /**
   * Sends a contribution to the open round, and returns when the log has it.
   *
   * @param norm Euclidean norm of the weights
   */
  Sent contribute(FlatVector weights, double norm, TrainingReport report, Duration deadline)
      throws InterruptedException {
    Sent sent = site.contribute(weights, report, deadline);
    exchanges.sent(sent, norm, size(), report);
    return sent;
  }

  /**
   * Waits for the model of the round that was contributed to.
   *
   * @throws ProblemException when the round is not sealed in time; says for whom it waits
   */
  Merged await(Sent sent, Duration deadline) throws InterruptedException {
    try {
      return site.await(sent, deadline);
    } catch (DeadlineException e) {
      throw isOpen(sent.round())
          ? Failure.late(sent.round(), site.rounds().open(), e)
          : Failure.of(e);
    }
  }

  /** A deadline may be about a round that is still open, or about Kafka. */
  private boolean isOpen(long round) {
    return site.rounds().newest().filter(newest -> newest.round() >= round).isEmpty();
  }

  /**
   * Says what a merged model is to the trainer. Notes the end of the training if it is the final
   * model.
   *
   * @param sentTo round that this site contributed to; -1: none
   */
  MergedRound outcome(Merged merged, long sentTo) throws InterruptedException {
    boolean over = sentTo >= 0 && site.rounds().endTrainingSince(sentTo, merged);
    MergedRound outcome = MergedRound.of(merged, site.address(), site.participated(sentTo), over);
    exchanges.received(merged, outcome.norm());
    curve.follow(site.rounds());
    if (over) {
      ended.add(EndedTraining.of(site.terms().contract(), session, request().trainer(), merged));
      trainingOver();
      var unused = site.standDown();
    }
    return outcome;
  }

  /** Frees what is kept for a next contribution: there is none. */
  void trainingOver() {
    site.forgetUnsent();
  }

  /** Notes how long a round took here, once its outcome is known. */
  void took(long round, RoundPoint.Stages stages) {
    curve.took(round, stages);
  }
}
