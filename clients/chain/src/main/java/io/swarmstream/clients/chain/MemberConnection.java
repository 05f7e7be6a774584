package io.swarmstream.clients.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.time.Duration;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Requests to network nodes, which know a caller by its certificate. A connection that is kept open
 * goes on showing the certificate that it was opened with, so connections end with it. A request
 * that is refused because the key has just been replaced waits a moment for the new one.
 */
final class MemberConnection implements Interceptor {
  /** A refusal with its reason; no network node would answer otherwise. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
      super(why);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final long LONGEST_PROBLEM = 4_096;

  /** Longer than it takes until new files are looked at. */
  private static final Duration NEW_KEY = Duration.ofSeconds(3);

  private static final long POLL_MS = 100;

  private final ReloadingTls tls;
  private final ConnectionPool connections;
  private Identity shown;

  MemberConnection(ReloadingTls tls, ConnectionPool connections) {
    this.tls = tls;
    this.connections = connections;
    this.shown = tls.identity();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Identity used = present();
    Response response = chain.proceed(chain.request());
    if (!isRefused(response)) {
      return response;
    }
    JsonNode problem = JSON.readTree(response.peekBody(LONGEST_PROBLEM).bytes());
    String code = problem == null ? "" : problem.path("code").asText();
    boolean isOfKey = code.equals("unknown-key") || code.equals("certificate-expired");
    if (isOfKey && hasNewKey(used)) {
      response.close();
      response = chain.proceed(chain.request());
      if (!isRefused(response)) {
        return response;
      }
      problem = JSON.readTree(response.peekBody(LONGEST_PROBLEM).bytes());
    }
    String why = problem == null ? "" : problem.path("detail").asText();
    if (why.isEmpty()) {
      return response;
    }
    response.close();
    throw new RefusedException(why);
  }

  private static boolean isRefused(Response response) {
    return response.code() == UNAUTHORIZED || response.code() == FORBIDDEN;
  }

  private boolean hasNewKey(Identity used) {
    long end = System.nanoTime() + NEW_KEY.toNanos();
    while (System.nanoTime() < end) {
      if (!present().equals(used)) {
        return true;
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** The identity that the next connection shows; ends those that show another one. */
  private synchronized Identity present() {
    Identity now = tls.identity();
    if (!now.equals(shown)) {
      shown = now;
      connections.evictAll();
    }
    return now;
  }
}
