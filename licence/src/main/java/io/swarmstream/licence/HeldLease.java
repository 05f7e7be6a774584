package io.swarmstream.licence;

import io.swarmstream.schemas.processes.BackgroundThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's place while the node runs: takes a lease, renews it each 180 s, gives it back. For
 * programs with {@code --licence}.
 *
 * <p>A node that cannot renew has as long as its lease lasts, 300 s from the last renewal: the
 * place is its own until then. After that {@link #refusal} says what is wrong, and the node has to
 * begin no new training until it is empty again. It goes on with what it has begun: nothing here
 * ends a round.
 */
public final class HeldLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

  /** After a failure. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  /** How long a closing node waits for the server. */
  private static final long CLOSE_SECONDS = 5;

  private final LicenceClient client;
  private final LeaseRequest request;
  private final Clock clock;
  private final BackgroundThread timer = new BackgroundThread("licence");

  private @Nullable Lease lease;

  /** When the lease ends by this node's clock, whatever the server's says. */
  private Instant end = Instant.MIN;

  private String problem = "no lease has been taken yet";
  private boolean hasSaid;

  private HeldLease(LicenceClient client, LeaseRequest request, Clock clock) {
    this.client = client;
    this.request = request;
    this.clock = clock;
  }

  /** Takes a lease, and again and again if there is none now; never fails. */
  public static HeldLease of(LicenceClient client, LeaseRequest request) {
    HeldLease held = new HeldLease(client, request, Clock.systemUTC());
    held.timer.execute(held::renewAndPlan);
    return held;
  }

  /** One that is renewed by hand, for tests. */
  static HeldLease byHand(LicenceClient client, LeaseRequest request, Clock clock) {
    return new HeldLease(client, request, clock);
  }

  private void renewAndPlan() {
    Duration next = renew() ? LeaseBook.RENEWAL : RETRY;
    timer.after(next, this::renewAndPlan);
  }

  /** Renews the lease, or takes one; whether there is one now. */
  boolean renew() {
    Instant asked = clock.instant();
    try {
      Lease renewed = renewed();
      say(renewed, asked.plus(LeaseBook.LIFE), "");
      return true;
    } catch (LicenceRefusedException e) {
      // Whoever revokes a node means now.
      Instant until = e.code().equals("revoked") ? Instant.MIN : end();
      say(null, until, String.valueOf(e.getMessage()));
    } catch (LicenceUnreachableException e) {
      say(null, end(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("the licence cannot be renewed", e);
      say(null, end(), e.toString());
    }
    return false;
  }

  private Lease renewed() {
    Lease held = held();
    if (held != null) {
      try {
        return client.renew(held.id());
      } catch (LicenceRefusedException e) {
        if (!e.code().equals("unknown-lease")) {
          throw e;
        }
      }
    }
    return client.take(request);
  }

  private synchronized @Nullable Lease held() {
    return lease;
  }

  private synchronized Instant end() {
    return end;
  }

  private synchronized void say(@Nullable Lease renewed, Instant newEnd, String newProblem) {
    end = newEnd;
    if (renewed != null) {
      if (!problem.isEmpty()) {
        LOG.info("has a licence for {}: {}", request.feature(), renewed.nodeId());
      }
      lease = renewed;
      hasSaid = false;
    } else if (problem.isEmpty()) {
      LOG.warn("the licence is not renewed: {}", newProblem);
    }
    problem = newProblem;
    refusal()
        .filter(why -> !hasSaid)
        .ifPresent(
            why -> {
              hasSaid = true;
              LOG.error("{}", why);
            });
  }

  /** Why the node has to begin no new training; empty: it may. */
  public synchronized Optional<String> refusal() {
    if (clock.instant().isBefore(end)) {
      return Optional.empty();
    }
    return Optional.of(
        "this node has no licence"
            + (end.equals(Instant.MIN) ? "" : " since " + end)
            + ", so it begins no new training; what it has begun goes on: "
            + problem);
  }

  /** Gives the place back, if the server answers soon; else it ends by itself. */
  @Override
  public void close() throws InterruptedException {
    timer.close();
    Lease held = held();
    if (held == null) {
      return;
    }
    Thread giving =
        new Thread(
            () -> {
              try {
                client.release(held.id());
              } catch (LicenceRefusedException | LicenceUnreachableException e) {
                LOG.info("the place could not be given back: {}", e.getMessage());
              }
            },
            "licence-release");
    giving.setDaemon(true);
    giving.start();
    giving.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
  }
}
