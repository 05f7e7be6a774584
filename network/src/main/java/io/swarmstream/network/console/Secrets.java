package io.swarmstream.network.console;

import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Random texts that open something; only their hashes are kept. */
final class Secrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 random bits as 43 letters, digits, dashes and underscores. */
  static String next() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** What is kept of one. */
  static String hashOf(String secret) {
    return Hash.sha256(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
