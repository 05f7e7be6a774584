package io.swarmstream.identity;

import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 with the identity of a folder, for servers and clients that outlive their
 * certificate. Looks at the files when a connection is made, at most once a second, and reads them
 * if they have changed. If the new files are broken, it keeps the last good identity and logs a
 * warning.
 *
 * <p>A change begins a new session cache with new ticket keys: otherwise a resumed session would
 * present the old certificate, and accept one of an authority that was taken away.
 *
 * <p>Safe for use by several threads.
 */
public final class ReloadingTls {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final IdentityFolder folder;
  private final SSLContext context = new FollowingContext(this::current);
  private final X509ExtendedTrustManager trust =
      new FollowingTrustManager(() -> current().trustManager());

  private TlsState state;
  private Object stamp;
  private long lookedNanos = System.nanoTime();

  /** The identity whose end was warned about; null: none. */
  private @Nullable Identity warnedAbout;

  private ReloadingTls(IdentityFolder folder) {
    this.folder = folder;
    stamp = folder.stamp();
    state = TlsState.of(folder.readValid());
  }

  /**
   * Reads an identity for use.
   *
   * @throws IdentityException if peers would not accept it
   */
  public static ReloadingTls of(IdentityFolder folder) {
    return new ReloadingTls(folder);
  }

  /** Reads the identity of a folder for use. */
  public static ReloadingTls of(Path folder) {
    return of(IdentityFolder.at(folder));
  }

  /**
   * The context for servers and clients. Whether a server asks for certificates is a matter of its
   * engines: set {@code needClientAuth} or {@code wantClientAuth} there.
   */
  public SSLContext context() {
    return context;
  }

  /** For clients that take a socket factory, together with {@link #trustManager}. */
  public SSLSocketFactory socketFactory() {
    return context.getSocketFactory();
  }

  public X509ExtendedTrustManager trustManager() {
    return trust;
  }

  /** The identity that the next connection uses. */
  public Identity identity() {
    return current().identity();
  }

  private synchronized TlsState current() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_EVERY.toNanos()) {
      lookedNanos = now;
      reload();
      warnWhenExpired();
    }
    return state;
  }

  private void reload() {
    Object found = folder.stamp(); // before reading: what changes meanwhile is read next time
    if (found.equals(stamp)) {
      return;
    }
    stamp = found;
    try {
      Identity read = folder.readValid();
      if (!read.equals(state.identity())) {
        state = TlsState.of(read);
        LOG.info("{}: continues as {}", folder, read);
      }
    } catch (IdentityException e) {
      LOG.warn("{}; continues as {}", e.getMessage(), state.identity());
    }
  }

  private void warnWhenExpired() {
    Identity identity = state.identity();
    if (!identity.equals(warnedAbout) && identity.expiresWithin(Duration.ZERO)) {
      warnedAbout = identity;
      LOG.warn(
          "{}: the certificate expired at {}, so peers refuse it; renew it, no restart is needed",
          folder,
          identity.expiresAt());
    }
  }
}
