package io.swarmstream.network.console;

import java.time.Duration;
import java.time.Instant;

/** A member that has logged in to the console. Safe for use by many threads. */
public final class ConsoleSession {
  /** Without a call it ends after this time. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** It ends after this time in any case. */
  public static final Duration LONGEST = Duration.ofHours(12);

  private final String id;
  private final String account;
  private final String principal;
  private final Instant began;
  private volatile Instant called;

  /**
   * A session that begins now.
   *
   * @param id hash of the cookie's value
   * @param principal of the member when it asked for its link; with another one the session ends
   */
  ConsoleSession(String id, String account, String principal, Instant now) {
    this.id = id;
    this.account = account;
    this.principal = principal;
    this.began = now;
    this.called = now;
  }

  String id() {
    return id;
  }

  /** Account of the member. */
  public String account() {
    return account;
  }

  String principal() {
    return principal;
  }

  /** When it ends if nobody calls any more. */
  public Instant ends() {
    Instant idle = called.plus(IDLE);
    Instant latest = began.plus(LONGEST);
    return idle.isBefore(latest) ? idle : latest;
  }

  void touch(Instant now) {
    called = now;
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "session of " + account;
  }
}
