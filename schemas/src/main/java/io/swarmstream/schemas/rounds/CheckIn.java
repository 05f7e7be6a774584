package io.swarmstream.schemas.rounds;

import java.util.Locale;
import java.util.Optional;

/** The mode in which a site contributes to a round. */
public enum CheckIn {
  /** The site trains. */
  TRAINING,
  /** The site has finished training and sends its own last weights. */
  SNAPSHOT,
  /** The site has finished training and sends the merged model back. */
  ACTIVE,
  /** The site has finished training and takes part without counting. */
  INACTIVE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the value of a code; empty for a code that this version does not know. */
  public static Optional<CheckIn> ofCode(String code) {
    for (CheckIn checkIn : values()) {
      if (checkIn.code().equals(code)) {
        return Optional.of(checkIn);
      }
    }
    return Optional.empty();
  }
}
