package io.swarmstream.network.console;

import io.swarmstream.web.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links that log a member in once, within some time. Safe for use by many threads. */
final class LoginLinks {
  static final Duration VALID = Duration.ofMinutes(5);
  static final Duration VALID_LOCALLY = Duration.ofHours(12);
  static final int MOST = 100;

  /** So that no member takes all places. */
  static final int MOST_OF_A_MEMBER = 10;

  private final InstantSource clock;
  private final Duration valid;

  /** By the hash of the token, the oldest first. */
  private final Map<String, Open> open = new LinkedHashMap<>();

  /**
   * A link that nobody has used yet.
   *
   * @param principal of the member when it asked for the link
   */
  record Open(String account, String principal, Instant expiresAt) {}

  /** A link that was made. */
  record Made(String token, Instant expiresAt) {}

  LoginLinks(InstantSource clock, Duration valid) {
    this.clock = clock;
    this.valid = valid;
  }

  /**
   * Makes a link's token for a member. With too many of its own, its oldest link ends.
   *
   * @throws ApiProblem when too many links of others are open
   */
  synchronized Made open(String account, String principal) {
    Instant now = clock.instant();
    open.values().removeIf(link -> !link.expiresAt().isAfter(now));
    if (open.values().stream().filter(link -> isOf(account, link)).count() >= MOST_OF_A_MEMBER) {
      endOldestOf(account);
    }
    if (open.size() >= MOST) {
      throw ApiProblem.of(
          429,
          "too-many-links",
          MOST + " links wait to be used at this node; one expires soon, try again");
    }
    String token = Secrets.next();
    Instant expiresAt = now.plus(valid);
    open.put(Secrets.hashOf(token), new Open(account, principal, expiresAt));
    return new Made(token, expiresAt);
  }

  private void endOldestOf(String account) {
    for (Iterator<Open> links = open.values().iterator(); links.hasNext(); ) {
      if (isOf(account, links.next())) {
        links.remove();
        return;
      }
    }
  }

  private static boolean isOf(String account, Open link) {
    return link.account().equals(account);
  }

  /**
   * Uses a link up.
   *
   * @throws ApiProblem when it was used, has expired, or never was
   */
  synchronized Open use(String token) {
    Open link = open.remove(Secrets.hashOf(token));
    if (link == null || !link.expiresAt().isAfter(clock.instant())) {
      throw ApiProblem.of(
          403,
          "login-refused",
          "this link was used already, has expired, or is another node's;"
              + " 'swarm console' prints a new one");
    }
    return link;
  }
}
