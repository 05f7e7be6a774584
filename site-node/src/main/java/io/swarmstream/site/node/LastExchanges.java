package io.swarmstream.site.node;

import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session last sent and received. */
public final class LastExchanges {
  private @Nullable Exchange sent;
  private @Nullable Exchange received;

  /** Whatever the site has sent. */
  public synchronized Optional<Exchange> lastSent() {
    return Optional.ofNullable(sent);
  }

  /** Whatever it has received. */
  public synchronized Optional<Exchange> lastReceived() {
    return Optional.ofNullable(received);
  }

  synchronized void sent(Sent contribution, double norm, long parameters) {
    sent =
        new Exchange(
            contribution.round(),
            norm,
            contribution.hash().hex(),
            parameters * Float.BYTES,
            Instant.now());
  }

  /** The model that a session begins with. */
  synchronized void received(Merged model) {
    received(model, SquareSum.norm(model.vector(), model.summary().parameterCount()));
  }

  synchronized void received(Merged model, double norm) {
    received =
        new Exchange(
            model.round(),
            norm,
            model.hash().hex(),
            model.summary().parameterCount() * Float.BYTES,
            Instant.now());
  }
}
