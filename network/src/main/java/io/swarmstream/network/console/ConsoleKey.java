package io.swarmstream.network.console;

import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens the console of a local swarm to those who may read the swarm's folder: they get links by
 * it, which log in a browser.
 *
 * @param text 256 random bits
 */
public record ConsoleKey(String text) {
  private static final String BEARER = "bearer ";

  /** A new one. */
  public static ConsoleKey make() {
    return new ConsoleKey(Secrets.next());
  }

  /** Whether the header Authorization of a request has it. */
  public boolean isIn(Optional<String> header) {
    return header
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(this::is)
        .isPresent();
  }

  /** Compares hashes, so that how long it takes tells nothing. */
  private boolean is(String shown) {
    return hash(shown).equals(hash(text));
  }

  private static Hash hash(String of) {
    return Hash.sha256(of.getBytes(StandardCharsets.UTF_8));
  }

  /** It may not come into a log. */
  @Override
  public String toString() {
    return "ConsoleKey";
  }
}
