package io.swarmstream.site.node.session;

import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.site.node.weights.SquareSum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a session last sent and received, and how often it sent. Safe for use by several
 * threads.
 */
final class LastExchanges {
  private Exchanges last = Exchanges.NONE;
  private long contributions;
  private @Nullable TrainingReport told;

  synchronized Exchanges last() {
    return last;
  }

  /**
   * What was sent so far.
   *
   * @param bytes that it took
   */
  synchronized SentSoFar sentSoFar(long bytes) {
    return new SentSoFar(contributions, bytes, told);
  }

  synchronized void sent(Sent contribution, double norm, long parameters, TrainingReport report) {
    contributions++;
    told = report;
    Exchange sent =
        new Exchange(
            contribution.round(),
            norm,
            contribution.hash().hex(),
            parameters * Float.BYTES,
            Instant.now());
    last = new Exchanges(sent, last.received());
  }

  /** Notes the model that a session begins with. */
  void received(Merged model) {
    received(model, SquareSum.norm(model.vector(), model.summary().parameterCount()));
  }

  synchronized void received(Merged model, double norm) {
    Exchange received =
        new Exchange(
            model.round(),
            norm,
            model.hash().hex(),
            model.summary().parameterCount() * Float.BYTES,
            Instant.now());
    last = new Exchanges(last.sent(), received);
  }
}
