package io.swarmstream.schemas.rounds;

import java.util.UUID;

/**
 * What a coordinator's attempt writes to the log before it decides anything (ADR 33): a number and
 * a token, as {@code 1764457200000/5f1c…}.
 */
public final class Fence {
  private static final char SLASH = '/';

  private Fence() {}

  /** Returns a fence of a number that no other attempt has written. */
  public static String of(long number) {
    return number + "" + SLASH + UUID.randomUUID();
  }

  /**
   * Returns a fence's number; 0, below every other, of one of before there were plans, which has
   * none, and of a text that is no fence.
   */
  public static long number(String fence) {
    int slash = fence.indexOf(SLASH);
    try {
      return slash < 0 ? 0 : Long.parseLong(fence.substring(0, slash));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
