package io.swarmstream.schemas.signing;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes secrets that nobody can guess, such as tokens and the passwords of files. */
public final class RandomHex {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomHex() {}

  /** Random bytes as lower-case hex, two digits for each. */
  public static String ofBytes(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
