package io.swarmstream.clients.chain;

import java.util.Locale;

/** Where a membership stands. The smart contract stores it as a number. */
public enum MemberStatus {
  /** The account was never a member. */
  NONE(0),
  /** Admitted, and waits for an admin's approval. */
  PENDING(1),
  /** May act. */
  ACTIVE(2),
  /** May not act until an admin resumes the membership. */
  SUSPENDED(3),
  /** Removed or resigned; needs a new invitation. */
  REMOVED(4);

  private final int number;

  MemberStatus(int number) {
    this.number = number;
  }

  /**
   * The status of the smart contract's number.
   *
   * @throws IllegalArgumentException when this version knows no such status
   */
  static MemberStatus ofNumber(int number) {
    for (MemberStatus status : values()) {
      if (status.number == number) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status of members has the number " + number);
  }

  /** The status as people write it: the name in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a number in decimal, for messages; any other text as it is. */
  static String text(String number) {
    return !number.matches("[0-9]+") ? number : ofNumber(Integer.parseInt(number)).code();
  }
}
