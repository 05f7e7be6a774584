package io.swarmstream.schemas.rounds;

import java.util.Locale;
import java.util.Optional;

/** Why a site contributes to a round. */
public enum CheckIn {
  /** It trains. */
  TRAINING,
  /** It has finished and sends its last own weights. */
  SNAPSHOT,
  /** It has finished and sends the merged model back. */
  ACTIVE,
  /** It has finished and takes part without counting. */
  INACTIVE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for a code that this version does not know. */
  public static Optional<CheckIn> ofCode(String code) {
    for (CheckIn checkIn : values()) {
      if (checkIn.code().equals(code)) {
        return Optional.of(checkIn);
      }
    }
    return Optional.empty();
  }
}
