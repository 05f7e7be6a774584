package io.swarmstream.identity.spiffe;

import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.svid.x509svid.X509Svid;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.Watcher;
import io.spiffe.workloadapi.WorkloadApiClient;
import io.spiffe.workloadapi.X509Context;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.IdentityFollower;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each X.509 SVID that a Workload API issues, and the bundles of its own and of federated
 * trust domains, into an identity folder. Rotated keys and certificates arrive without a restart:
 * all programs re-read the folder.
 */
public final class SpiffeIdentity implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpiffeIdentity.class);

  private static final Duration REASON_DEADLINE = Duration.ofSeconds(10);

  private final WorkloadSocket socket;
  private final IdentityFolder folder;
  private final Supplier<? extends Collection<X509Certificate>> others;
  private final WorkloadApiClient client;
  private final CountDownLatch first = new CountDownLatch(1);
  private @Nullable IdentityFollower follower;
  private volatile @Nullable Identity issued;
  private volatile String lastError = "the agent has not answered";

  private SpiffeIdentity(
      WorkloadSocket socket,
      IdentityFolder folder,
      Supplier<? extends Collection<X509Certificate>> others) {
    this.socket = socket;
    this.folder = folder;
    this.others = others;
    try {
      client =
          DefaultWorkloadApiClient.newClient(
              DefaultWorkloadApiClient.ClientOptions.builder()
                  .spiffeSocketPath(socket.address())
                  .build());
    } catch (SocketEndpointAddressException e) {
      throw new IdentityException(
          socket + " is no address of a Workload API; give unix:/path/of/agent.sock", e);
    }
  }

  /**
   * Fills the folder with the first SVID, and keeps it up to date until closed.
   *
   * @param others authorities that are trusted besides the bundles; asked every ten seconds
   * @param deadline how long the first SVID may take: agents learn of new entries after some
   *     seconds
   * @throws IdentityException if no SVID comes in time; the message says what to check
   */
  public static SpiffeIdentity follow(
      WorkloadSocket socket,
      IdentityFolder folder,
      Supplier<? extends Collection<X509Certificate>> others,
      Duration deadline)
      throws InterruptedException {
    WorkloadApiLog.shorten();
    SpiffeIdentity identity = new SpiffeIdentity(socket, folder, others);
    boolean following = false;
    try {
      identity.start(deadline);
      following = true;
      return identity;
    } finally {
      if (!following) {
        identity.close();
      }
    }
  }

  private void start(Duration deadline) throws InterruptedException {
    client.watchX509Context(
        new Watcher<>() {
          @Override
          public void onUpdate(X509Context context) {
            take(context);
          }

          @Override
          public void onError(Throwable error) {
            lastError = String.valueOf(error.getMessage());
            LOG.warn("Workload API at {}: {}; tries again", socket, lastError);
          }
        });
    if (!first.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IdentityException(
          "no X.509 SVID from the Workload API at "
              + socket
              + " within "
              + deadline.toSeconds()
              + " s: "
              + reason()
              + "; is the agent running, may this user open its socket, and has the SPIRE server a"
              + " registration entry whose selectors fit this process?");
    }
    follower = IdentityFollower.of(folder, this::write);
  }

  /** Asks once more, because the library keeps to itself why it tries again. */
  private String reason() throws InterruptedException {
    FutureTask<X509Context> fetch = new FutureTask<>(client::fetchX509Context);
    Thread thread = new Thread(fetch, "spiffe-reason");
    thread.setDaemon(true);
    thread.start();
    try {
      var unused = fetch.get(REASON_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return lastError; // the agent issues one, but the folder cannot be written
    } catch (TimeoutException e) {
      return lastError;
    } catch (ExecutionException e) {
      Throwable root = e;
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        root = cause;
      }
      return String.valueOf(root.getMessage());
    }
  }

  private void take(X509Context context) {
    X509Svid svid = context.getDefaultSvid();
    List<X509Certificate> bundles =
        context.getX509BundleSet().getBundles().values().stream()
            .flatMap(bundle -> bundle.getX509Authorities().stream())
            .distinct()
            .toList();
    Identity identity = new Identity(svid.getPrivateKey(), svid.getChain(), bundles);
    issued = identity;
    try {
      if (write()) {
        LOG.info("{}: {} until {}", folder, svid.getSpiffeId(), identity.expiresAt());
      }
      first.countDown();
    } catch (IOException | IdentityException e) {
      lastError = String.valueOf(e.getMessage());
      LOG.warn("{}: the SVID {} cannot be kept: {}", folder, svid.getSpiffeId(), lastError);
    }
  }

  private boolean write() throws IOException {
    Identity identity = issued;
    return identity != null
        && folder.update(
            identity.withAuthorities(
                Authorities.combine(List.of(identity.authorities(), List.copyOf(others.get())))));
  }

  /** Stops following; the folder keeps the last identity. */
  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
    try {
      client.close();
    } catch (IOException e) {
      LOG.warn("Workload API at {} cannot be closed: {}", socket, e.getMessage());
    }
  }
}
