package io.swarmstream.shell.service;

import io.swarmstream.shell.session.ShellParts;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import io.swarmstream.web.ApiProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A session for each client certificate, which runs one command at a time. */
final class RemoteSessions {
  /** Longest wait of one command: a client that wants more asks again. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final int MOST_SESSIONS = 200;

  private final ShellParts parts;
  private final Path usr;

  /** The one that was used longest ago comes first, and goes first. */
  private final Map<String, Held> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private record Held(ShellSession session, ReentrantLock lock) {}

  /** What is done in a session. */
  interface Work<T> {
    T in(ShellSession session) throws Exception;
  }

  RemoteSessions(ShellParts parts, Path usr) {
    this.parts = parts;
    this.usr = usr;
  }

  /** A session that ends with the request. */
  ShellSession fresh() throws IOException {
    return ShellSession.remote(parts, Workplace.confined(usr), LONGEST_WAIT);
  }

  /**
   * Works in the session of a certificate.
   *
   * @throws ApiProblem when another request works in it for too long
   */
  <T> T with(String key, Work<T> work) throws Exception {
    Held held = held(key);
    if (!held.lock().tryLock(LONGEST_WAIT.toSeconds() + 5, TimeUnit.SECONDS)) {
      throw ApiProblem.of(
          409, "busy", "another command of this certificate runs; wait until it has answered");
    }
    try {
      return work.in(held.session());
    } finally {
      held.lock().unlock();
      if (held.session().isOver()) {
        forget(key);
      }
    }
  }

  private synchronized Held held(String key) throws IOException {
    Held known = sessions.get(key);
    if (known == null) {
      if (sessions.size() == MOST_SESSIONS) {
        var unused = sessions.remove(sessions.keySet().iterator().next());
      }
      known = new Held(fresh(), new ReentrantLock());
      sessions.put(key, known);
    }
    return known;
  }

  private synchronized void forget(String key) {
    var unused = sessions.remove(key);
  }
}
